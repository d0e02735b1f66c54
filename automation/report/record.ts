/** What a report is made from: every number in it comes from a service's answer. */
import type { DatasetOutputs } from "../../components/lakeOutputs";
import type { DatasetContract } from "../../datasets";
import type { StageTime } from "../progress";
import type { QueryAnswer, RawScan } from "../questions";
import type { RunReport } from "../runReport";
import type { SeedResult } from "../seeding";

export interface RunRecord {
    readonly stack: string;
    readonly contract: DatasetContract;
    /** Where the dataset lives. */
    readonly of: DatasetOutputs;
    readonly startedAt: Date;
    readonly seeded: SeedResult;
    /** The run that the report is of. */
    readonly etl: RunReport;
    /** Every run so far, this one among them. */
    readonly runs: readonly RunReport[];
    readonly raw: RawScan;
    readonly answers: readonly QueryAnswer[];
    readonly stages: readonly StageTime[];
}

export type Totals = Pick<RunReport, "rows" | "quarantineReasons">;

/** Sums over runs. */
export function totals(runs: readonly RunReport[]): Totals {
    const rows = { input: 0, output: 0, quarantined: 0, duplicates: 0, alreadyPublished: 0, replaced: 0 };
    const quarantineReasons: Record<string, number> = {};
    for (const run of runs) {
        for (const kind of Object.keys(rows) as (keyof typeof rows)[]) rows[kind] += run.rows[kind];
        for (const [reason, number] of Object.entries(run.quarantineReasons)) {
            quarantineReasons[reason] = (quarantineReasons[reason] ?? 0) + number;
        }
    }
    return { rows, quarantineReasons };
}
