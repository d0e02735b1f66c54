/** How a deployed lake is: its newest runs and crawls, and how fresh its data is. */
import {
    GetCrawlerCommand,
    GetJobRunsCommand,
    paginateGetPartitions,
    type Crawler,
    type JobRun,
} from "@aws-sdk/client-glue";
import { dayOf } from "./partitionDay";
import { findRunReport } from "./runReport";
import type { LakeDataset } from "./session";

export interface DatasetStatus {
    readonly dataset: string;
    /** The newest first. */
    readonly runs: readonly RunStatus[];
    readonly crawlers: readonly { name: string; state: string; last?: string; at?: Date; reason?: string }[];
    readonly silver: {
        readonly table: string;
        readonly partitions: number;
        /** Values of the newest partition, in the keys' order. */
        readonly newest?: readonly string[];
        /** Hours from the end of the newest partition's day to now. */
        readonly ageHours?: number;
        /** The contract's promise. */
        readonly freshnessHours: number;
        readonly fresh?: boolean;
    };
}

export interface RunStatus {
    readonly id: string;
    readonly state: string;
    readonly started?: Date;
    readonly seconds?: number;
    readonly error?: string;
    readonly published?: number;
    readonly quarantined?: number;
}

export async function statusOf(
    lake: LakeDataset,
    { runs: most, now }: { runs: number; now: Date },
): Promise<DatasetStatus> {
    const { clients, of, dataset } = lake;
    const { contract } = dataset;
    const [{ JobRuns = [] }, crawlers, partitions] = await Promise.all([
        clients.glue.send(new GetJobRunsCommand({ JobName: of.job, MaxResults: most })),
        Promise.all([of.rawCrawler, of.processedCrawler].map((name) => crawlerOf(lake, name))),
        partitionsOf(lake),
    ]);
    const newest = partitions.sort(compareValues).at(-1);
    const ageHours = newest === undefined ? undefined : ageOf(newest, now);
    return {
        dataset: contract.name,
        runs: await Promise.all(JobRuns.map((run) => runOf(lake, run))),
        crawlers: crawlers.map(({ Name, State, LastCrawl }) => ({
            name: Name!,
            state: State!,
            last: LastCrawl?.Status,
            at: LastCrawl?.StartTime,
            reason: LastCrawl?.ErrorMessage,
        })),
        silver: {
            table: `${of.database}.${of.table}`,
            partitions: partitions.length,
            newest,
            ageHours,
            freshnessHours: contract.freshnessHours,
            fresh: ageHours === undefined ? undefined : ageHours <= contract.freshnessHours,
        },
    };
}

async function crawlerOf({ clients }: LakeDataset, Name: string): Promise<Crawler> {
    return (await clients.glue.send(new GetCrawlerCommand({ Name }))).Crawler!;
}

async function runOf({ clients, of }: LakeDataset, run: JobRun): Promise<RunStatus> {
    const report = await findRunReport(clients.s3, of.reportsLocation, run.Id!);
    return {
        id: run.Id!,
        state: run.JobRunState!,
        started: run.StartedOn,
        seconds: run.ExecutionTime,
        error: run.ErrorMessage,
        published: report?.rows.output,
        quarantined: report?.rows.quarantined,
    };
}

async function partitionsOf({ clients, of }: LakeDataset): Promise<string[][]> {
    const values: string[][] = [];
    const request = { DatabaseName: of.database, TableName: of.table, ExcludeColumnSchema: true };
    for await (const page of paginateGetPartitions({ client: clients.glue }, request)) {
        values.push(...(page.Partitions ?? []).map((partition) => partition.Values ?? []));
    }
    return values;
}

/** Keys are numbers or dates, in the order of time. */
export function compareValues(one: readonly string[], other: readonly string[]): number {
    return one.join("-").localeCompare(other.join("-"), "en", { numeric: true });
}

/** Hours from the end of the partition's day. @returns undefined where the keys are no day */
export function ageOf(values: readonly string[], now: Date): number | undefined {
    const day = dayOf(values);
    if (day === undefined) return undefined;
    const end = day.getTime() + 86_400_000;
    return Math.max(0, Math.round((now.getTime() - end) / 3_600_000));
}
