/** What the status page shows of an account, as data: asked of the services as any client asks them. */
import type * as athena from "@aws-sdk/client-athena";
import type * as glue from "@aws-sdk/client-glue";
import type { Account, Accounts } from "../accounts";
import type { Emulator } from "../emulator";
import type { LocalService } from "../protocol/operations";
import type { Traffic } from "../traffic";
import type { Buckets, StoredBucket } from "./buckets";
import type { CallRow, RecentCalls } from "./recentCalls";

export interface Overview {
    readonly version: string;
    readonly endpoint: string;
    readonly pid: number;
    readonly upSeconds: number;
    readonly region: string;
    readonly account: string;
    readonly accounts: readonly string[];
    /** Engines and services by name, with their state. */
    readonly engines: readonly { name: string; state: string; pid?: number }[];
    readonly crawlers: readonly { name: string; state: string; last?: string; reason?: string; schedule?: string }[];
    readonly jobRuns: readonly {
        job: string;
        state: string;
        started?: Date;
        seconds?: number;
        error?: string;
    }[];
    readonly queries: readonly {
        id: string;
        state: string;
        workgroup: string;
        sql: string;
        submitted?: Date;
        milliseconds?: number;
        scannedBytes?: number;
        reason?: string;
    }[];
    readonly tables: readonly {
        database: string;
        name: string;
        kind: string;
        columns: number;
        partitionKeys: readonly string[];
        location?: string;
    }[];
    readonly buckets: readonly (StoredBucket & { bytesRead: number })[];
    readonly calls: readonly CallRow[];
}

interface Sources {
    readonly accounts: Accounts;
    readonly emulator: Emulator;
    readonly traffic: Traffic;
    readonly version: string;
    readonly recent: RecentCalls;
    readonly buckets: Buckets;
}

const shownRuns = 10;
const shownQueries = 15;
const shownCalls = 40;

export async function overviewOf(account: Account, sources: Sources): Promise<Overview> {
    const { context, services } = account;
    const ask = <T>(service: string, operation: string, input: object = {}) =>
        askService<T>(services[service]!, operation, input);
    const [jobRuns, crawlers, queries, tables, buckets] = await Promise.all([
        newestRuns(ask),
        allPages<glue.GetCrawlersResponse, glue.Crawler>(ask, "GetCrawlers", (page) => page.Crawlers),
        newestQueries(ask),
        allTables(ask),
        sources.buckets.of(account).catch(() => []),
    ]);
    const traffic = sources.traffic.snapshot();
    return {
        version: sources.version,
        endpoint: context.endpoint,
        pid: process.pid,
        upSeconds: Math.round(process.uptime()),
        region: context.region,
        account: context.account,
        accounts: sources.accounts.all().map((each) => each.context.account),
        engines: engines(account, sources.emulator),
        crawlers: crawlers.map(({ Name, State, LastCrawl, Schedule }) => ({
            name: Name!,
            state: State!,
            last: LastCrawl?.Status,
            reason: LastCrawl?.ErrorMessage,
            schedule: Schedule?.ScheduleExpression,
        })),
        jobRuns,
        queries,
        tables,
        buckets: buckets.map((bucket) => ({ ...bucket, bytesRead: traffic[bucket.name]?.bytesOut ?? 0 })),
        calls: sources.recent.newest(shownCalls, context.account),
    };
}

type Ask = <T>(service: string, operation: string, input?: object) => Promise<T>;

async function askService<T>({ operations }: LocalService, operation: string, input: object): Promise<T> {
    return (await operations[operation]!(input)) as T;
}

function engines({ services }: Account, emulator: Emulator): Overview["engines"] {
    const trino = services.athena!.status() as { state: string; pid?: number };
    const jobs = (services.glue!.status() as { jobs: { runningDrivers: number[]; warmDriver?: number } }).jobs;
    const s3 = emulator.status();
    return [
        { name: "Trino, for Athena", state: trino.state, pid: trino.pid },
        ...jobs.runningDrivers.map((pid) => ({ name: "Spark, for a job run", state: "running", pid })),
        jobs.warmDriver === undefined
            ? { name: "Spark, for the next job run", state: "stopped" }
            : { name: "Spark, for the next job run", state: "ready", pid: jobs.warmDriver },
        { name: "MiniStack, for S3 and all else", state: s3.reason ?? s3.state, pid: s3.pid },
    ];
}

async function newestRuns(ask: Ask): Promise<Overview["jobRuns"]> {
    const { JobNames = [] } = await ask<glue.ListJobsResponse>("glue", "ListJobs");
    const answers = await Promise.all(
        JobNames.map((JobName) =>
            ask<glue.GetJobRunsResponse>("glue", "GetJobRuns", { JobName, MaxResults: shownRuns }),
        ),
    );
    return answers
        .flatMap(({ JobRuns = [] }) => JobRuns)
        .sort((one, other) => Number(other.StartedOn) - Number(one.StartedOn))
        .slice(0, shownRuns)
        .map(({ JobName, JobRunState, StartedOn, ExecutionTime, ErrorMessage }) => ({
            job: JobName!,
            state: JobRunState!,
            started: dateOf(StartedOn),
            seconds: ExecutionTime,
            error: ErrorMessage,
        }));
}

async function newestQueries(ask: Ask): Promise<Overview["queries"]> {
    const { WorkGroups = [] } = await ask<athena.ListWorkGroupsOutput>("athena", "ListWorkGroups");
    const lists = await Promise.all(
        WorkGroups.map(({ Name }) =>
            ask<athena.ListQueryExecutionsOutput>("athena", "ListQueryExecutions", {
                WorkGroup: Name,
                MaxResults: shownQueries,
            }),
        ),
    );
    const QueryExecutionIds = lists.flatMap((list) => list.QueryExecutionIds ?? []).slice(0, 50);
    if (QueryExecutionIds.length === 0) return [];
    const { QueryExecutions = [] } = await ask<athena.BatchGetQueryExecutionOutput>(
        "athena",
        "BatchGetQueryExecution",
        { QueryExecutionIds },
    );
    return QueryExecutions.map(({ QueryExecutionId, Status, WorkGroup, Query, Statistics }) => ({
        id: QueryExecutionId!,
        state: Status!.State!,
        workgroup: WorkGroup!,
        sql: Query!,
        submitted: dateOf(Status!.SubmissionDateTime),
        milliseconds: Statistics?.TotalExecutionTimeInMillis,
        scannedBytes: Statistics?.DataScannedInBytes,
        reason: Status!.StateChangeReason,
    }))
        .sort((one, other) => Number(other.submitted) - Number(one.submitted))
        .slice(0, shownQueries);
}

async function allTables(ask: Ask): Promise<Overview["tables"]> {
    const databases = await allPages<glue.GetDatabasesResponse, glue.Database>(
        ask,
        "GetDatabases",
        (page) => page.DatabaseList,
    );
    const lists = await Promise.all(
        databases.map(({ Name: DatabaseName }) =>
            allPages<glue.GetTablesResponse, glue.Table>(ask, "GetTables", (page) => page.TableList, { DatabaseName }),
        ),
    );
    return lists.flat().map((table) => ({
        database: table.DatabaseName!,
        name: table.Name!,
        kind: kindOf(table),
        columns: table.StorageDescriptor?.Columns?.length ?? 0,
        partitionKeys: (table.PartitionKeys ?? []).map((key) => key.Name!),
        location: table.StorageDescriptor?.Location,
    }));
}

function kindOf({ Parameters = {}, TableType }: glue.Table): string {
    if (TableType === "VIRTUAL_VIEW") return "view";
    return (Parameters.table_type ?? Parameters.classification ?? "table").toLowerCase();
}

async function allPages<P extends { NextToken?: string }, T>(
    ask: Ask,
    operation: string,
    itemsOf: (page: P) => readonly T[] | undefined,
    input: object = {},
): Promise<T[]> {
    const items: T[] = [];
    let NextToken: string | undefined;
    do {
        const page = await ask<P>("glue", operation, { ...input, NextToken });
        items.push(...(itemsOf(page) ?? []));
        NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return items;
}

/** Our services hold times as AWS sends them, in seconds. */
function dateOf(time: Date | number | undefined): Date | undefined {
    return typeof time === "number" ? new Date(time * 1000) : time;
}
