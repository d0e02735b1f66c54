/** Runs a Glue crawler to its end: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html */
import {
    CrawlerRunningException,
    GetCrawlerCommand,
    GetCrawlerMetricsCommand,
    StartCrawlerCommand,
    StopCrawlerCommand,
    paginateGetPartitions,
    paginateGetTables,
    type Crawler,
} from "@aws-sdk/client-glue";
import type { Clients } from "./clients";
import { Cancelled, StepFailure } from "./errors";
import { plural } from "./format";
import { logTail } from "./logTail";
import { poll } from "./poll";
import type { Stage } from "./progress";

export interface CrawlResult {
    readonly crawler: string;
    /** Counted by the crawler over its life. */
    readonly tablesCreated: number;
    readonly tablesUpdated: number;
    /** Why there was no crawl, where there was none. */
    readonly skipped?: string;
    /** What the database now holds, by table. */
    readonly partitions: Readonly<Record<string, number>>;
}

const timeoutSeconds = 30 * 60;

/**
 * Starts a crawler, or joins the crawl that is under way, and waits.
 * @throws StepFailure with the crawler's reason and the log's tail.
 */
export async function crawl(
    clients: Clients,
    name: string,
    database: string,
    stage: Stage,
    signal: AbortSignal,
): Promise<CrawlResult> {
    const { glue } = clients;
    const before = await getCrawler(clients, name);
    try {
        await glue.send(new StartCrawlerCommand({ Name: name }));
    } catch (error) {
        if (!(error instanceof CrawlerRunningException)) throw error;
        stage.update("a crawl is under way already; waiting for it");
    }
    let crawler: Crawler;
    try {
        crawler = await poll(
            async () => {
                const now = await getCrawler(clients, name);
                stage.update(now.State!.toLowerCase());
                const finished =
                    now.State === "READY" &&
                    now.LastCrawl?.StartTime?.getTime() !== before.LastCrawl?.StartTime?.getTime();
                return finished ? now : undefined;
            },
            { what: `the crawler ${name}`, timeoutSeconds, signal },
        );
    } catch (error) {
        if (!signal.aborted) throw error;
        await glue.send(new StopCrawlerCommand({ Name: name }));
        throw new Cancelled(`The crawler ${name} was told to stop; tables it had found by then stay in ${database}.`);
    }
    const { Status, ErrorMessage, LogGroup, LogStream, MessagePrefix } = crawler.LastCrawl!;
    if (Status !== "SUCCEEDED") {
        const log = LogGroup && LogStream ? await logTail(clients.logs, LogGroup, LogStream) : [];
        throw new StepFailure(`Crawler ${name}: crawl ${MessagePrefix ?? ""} ended ${Status}.`, {
            reason: ErrorMessage,
            log,
        });
    }
    const metrics = await glue.send(new GetCrawlerMetricsCommand({ CrawlerNameList: [name] }));
    const { TablesCreated = 0, TablesUpdated = 0 } = metrics.CrawlerMetricsList?.[0] ?? {};
    return {
        crawler: name,
        tablesCreated: TablesCreated,
        tablesUpdated: TablesUpdated,
        partitions: await countPartitions(clients, database),
    };
}

async function getCrawler({ glue }: Clients, name: string): Promise<Crawler> {
    return (await glue.send(new GetCrawlerCommand({ Name: name }))).Crawler!;
}

/** Number of partitions of every table of a database that has partition columns. */
async function countPartitions({ glue }: Clients, database: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for await (const page of paginateGetTables({ client: glue }, { DatabaseName: database })) {
        for (const table of page.TableList ?? []) {
            if (!table.PartitionKeys?.length) continue;
            let partitions = 0;
            const request = { DatabaseName: database, TableName: table.Name, ExcludeColumnSchema: true };
            for await (const found of paginateGetPartitions({ client: glue }, request))
                partitions += found.Partitions?.length ?? 0;
            counts[table.Name!] = partitions;
        }
    }
    return counts;
}

/** "raw_sales has 90 partitions". */
export function describeCrawl(result: CrawlResult, table: string): string {
    const partitions = result.partitions[table];
    return partitions === undefined ? `no partitions of ${table}` : `${table} has ${plural(partitions, "partition")}`;
}
