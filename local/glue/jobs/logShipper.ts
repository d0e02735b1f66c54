/** Sends a growing file to a CloudWatch Logs stream, line by line. */
import * as fs from "node:fs";
import {
    CreateLogGroupCommand,
    CreateLogStreamCommand,
    PutLogEventsCommand,
    type CloudWatchLogsClient,
    type InputLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogTarget } from "./arguments";

/** Limits of PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const mostEvents = 10_000;
const mostBytes = 1_048_576;
const eventOverhead = 26;
const longestEvent = 256_000;

const intervalMs = 1000;
const readBytes = 4 * 2 ** 20;

export class LogShipper {
    private partial = Buffer.alloc(0);
    private created = false;
    private failed = false;
    private sending: Promise<void> = Promise.resolve();
    private readonly timer: NodeJS.Timeout;

    /** @param offset bytes at the file's start that are not the run's */
    constructor(
        private readonly logs: CloudWatchLogsClient,
        private readonly file: string,
        private offset: number,
        private readonly target: LogTarget,
        private readonly log: (line: string) => void,
    ) {
        this.timer = setInterval(() => void this.ship(false), intervalMs);
    }

    /** Sends what is left and stops. */
    async close(): Promise<void> {
        clearInterval(this.timer);
        await this.ship(true);
    }

    private ship(last: boolean): Promise<void> {
        this.sending = this.sending.then(() => this.shipNow(last));
        return this.sending;
    }

    /** A run never fails for its logs: the first failure to send is said in our own log. */
    private async shipNow(last: boolean): Promise<void> {
        try {
            let lines = await this.newLines(last);
            while (lines !== undefined) {
                for (const batch of batches(lines)) await this.put(batch);
                lines = await this.newLines(last);
            }
        } catch (error) {
            if (!this.failed) this.log(`glue: logs of ${this.target.stream} could not be sent: ${String(error)}`);
            this.failed = true;
        }
    }

    /** Whole lines that the file has got since; the unfinished one too when it is the last time. */
    private async newLines(last: boolean): Promise<string[] | undefined> {
        const handle = await fs.promises.open(this.file, "r");
        let read: { bytesRead: number; buffer: Buffer };
        try {
            read = await handle.read(Buffer.alloc(readBytes), 0, readBytes, this.offset);
        } finally {
            await handle.close();
        }
        if (read.bytesRead === 0 && (!last || this.partial.length === 0)) return undefined;
        this.offset += read.bytesRead;
        const bytes = Buffer.concat([this.partial, read.buffer.subarray(0, read.bytesRead)]);
        const end = last && read.bytesRead === 0 ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
        this.partial = bytes.subarray(end);
        return bytes
            .subarray(0, end)
            .toString("utf8")
            .split("\n")
            .filter((line) => line.trim() !== "");
    }

    private async put(logEvents: InputLogEvent[]): Promise<void> {
        if (!this.created) await this.create();
        const names = { logGroupName: this.target.group, logStreamName: this.target.stream };
        await this.logs.send(new PutLogEventsCommand({ ...names, logEvents }));
    }

    /** The group is made only where there is none: most roles may write to groups, but not make them. */
    private async create(): Promise<void> {
        const { group: logGroupName, stream: logStreamName, kmsKeyArn: kmsKeyId } = this.target;
        const createStream = () =>
            existing(this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })));
        await createStream().catch(async (error: Error) => {
            if (error.name !== "ResourceNotFoundException") throw error;
            await existing(this.logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId })));
            await createStream();
        });
        this.created = true;
    }
}

async function existing(creation: Promise<unknown>): Promise<void> {
    await creation.catch((error: Error) => {
        if (error.name !== "ResourceAlreadyExistsException") throw error;
    });
}

function batches(lines: readonly string[]): InputLogEvent[][] {
    const timestamp = Date.now();
    const all: InputLogEvent[][] = [];
    let batch: InputLogEvent[] = [];
    let bytes = 0;
    for (const line of lines) {
        const message = Buffer.byteLength(line) > longestEvent ? line.slice(0, longestEvent / 4) : line;
        const size = Buffer.byteLength(message) + eventOverhead;
        if (batch.length === mostEvents || bytes + size > mostBytes) {
            all.push(batch);
            batch = [];
            bytes = 0;
        }
        batch.push({ timestamp, message });
        bytes += size;
    }
    if (batch.length > 0) all.push(batch);
    return all;
}
