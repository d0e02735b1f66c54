/** What a dataset's runs and queries have cost, by what Glue and Athena measured and AWS's list prices. */
import {
    BatchGetQueryExecutionCommand,
    paginateListQueryExecutions,
    type QueryExecution,
} from "@aws-sdk/client-athena";
import { paginateGetJobRuns, type JobRun } from "@aws-sdk/client-glue";
import { chargedBytes, queryCost, type StatementType } from "./cost/athena";
import { sum } from "./cost/lines";
import { price } from "./cost/priceList";
import type { LakeDataset } from "./session";

export interface Spending {
    readonly dataset: string;
    readonly since: Date;
    readonly runs: { readonly count: number; readonly dpuHours: number; readonly cost: number };
    readonly queries: {
        readonly count: number;
        readonly bytesCharged: number;
        readonly cost: number;
        /** Whether there are older ones since then that were not looked at. */
        readonly more: boolean;
    };
}

/** Queries that are looked at, the newest; a busy workgroup has many thousands. */
const mostQueries = 1000;

export async function spendingOf(lake: LakeDataset, since: Date): Promise<Spending> {
    const [runs, { queries, more }] = [await runsSince(lake, since), await queriesSince(lake, since)];
    const charges = queries.map(({ Statistics, StatementType: type }) => {
        const scanned = Statistics?.DataScannedInBytes ?? 0;
        return { bytes: chargedBytes(scanned, type as StatementType), cost: queryCost(scanned, type as StatementType) };
    });
    return {
        dataset: lake.dataset.contract.name,
        since,
        runs: {
            count: runs.length,
            dpuHours: sum(runs.map(dpuHoursOf)),
            cost: sum(runs.map((run) => dpuHoursOf(run) * dpuPrice(run))),
        },
        queries: {
            count: queries.length,
            bytesCharged: sum(charges.map(({ bytes }) => bytes)),
            cost: sum(charges.map(({ cost }) => cost)),
            more,
        },
    };
}

/** Glue lists the newest first. */
async function runsSince({ clients, of }: LakeDataset, since: Date): Promise<JobRun[]> {
    const found: JobRun[] = [];
    for await (const { JobRuns = [] } of paginateGetJobRuns({ client: clients.glue }, { JobName: of.job })) {
        const within = JobRuns.filter(({ StartedOn }) => StartedOn! >= since);
        found.push(...within);
        if (within.length < JobRuns.length) break;
    }
    return found;
}

/** Athena lists the newest first. */
async function queriesSince({ clients, of }: LakeDataset, since: Date) {
    const found: QueryExecution[] = [];
    const list = paginateListQueryExecutions({ client: clients.athena }, { WorkGroup: of.workgroup, MaxResults: 50 });
    for await (const { QueryExecutionIds = [] } of list) {
        if (QueryExecutionIds.length === 0) break;
        const { QueryExecutions = [] } = await clients.athena.send(
            new BatchGetQueryExecutionCommand({ QueryExecutionIds }),
        );
        const within = QueryExecutions.filter(({ Status }) => Status!.SubmissionDateTime! >= since);
        found.push(...within);
        if (within.length < QueryExecutions.length) break;
        if (found.length >= mostQueries) return { queries: found, more: true };
    }
    return { queries: found, more: false };
}

/** As billed: by what Glue counted where it does, else by the run's capacity and time, which has a least. */
function dpuHoursOf({ DPUSeconds, MaxCapacity = 0, ExecutionTime = 0 }: JobRun): number {
    const least = 60 * price("glue.runMinimumMinutes");
    return (DPUSeconds ?? MaxCapacity * Math.max(ExecutionTime, least)) / 3600;
}

function dpuPrice({ ExecutionClass }: JobRun): number {
    return price(ExecutionClass === "FLEX" ? "glue.flexDpuHour" : "glue.dpuHour");
}
