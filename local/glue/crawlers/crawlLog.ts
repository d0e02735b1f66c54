/** A crawl's log in CloudWatch Logs, where AWS puts it: group `/aws-glue/crawlers`, stream named after the crawler. */
import {
    CreateLogGroupCommand,
    CreateLogStreamCommand,
    PutLogEventsCommand,
    type CloudWatchLogsClient,
    type InputLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";

export const crawlerLogGroup = "/aws-glue/crawlers";

/** One call takes at most 10,000 events and 1 MiB. */
const eventsPerCall = 1000;

export class CrawlLog {
    private events: InputLogEvent[] = [];

    constructor(
        private readonly logs: CloudWatchLogsClient,
        private readonly crawler: string,
        private readonly crawlId: string,
    ) {}

    benchmark(text: string): void {
        this.write("BENCHMARK", text);
    }

    info(text: string): void {
        this.write("INFO", text);
    }

    warn(text: string): void {
        this.write("WARN", text);
    }

    error(text: string): void {
        this.write("ERROR", text);
    }

    /** Sends what was written. */
    async flush(): Promise<void> {
        const target = { logGroupName: crawlerLogGroup, logStreamName: this.crawler };
        await ignoreExisting(this.logs.send(new CreateLogGroupCommand({ logGroupName: crawlerLogGroup })));
        await ignoreExisting(this.logs.send(new CreateLogStreamCommand(target)));
        while (this.events.length > 0) {
            const logEvents = this.events.splice(0, eventsPerCall);
            await this.logs.send(new PutLogEventsCommand({ ...target, logEvents }));
        }
    }

    private write(level: string, text: string): void {
        this.events.push({ timestamp: Date.now(), message: `[${this.crawlId}] ${level} : ${text}` });
    }
}

async function ignoreExisting(call: Promise<unknown>): Promise<void> {
    try {
        await call;
    } catch (error) {
        if ((error as Error).name !== "ResourceAlreadyExistsException") throw error;
    }
}
