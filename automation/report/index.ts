/** The run as one HTML file that needs nothing else: light and dark, on paper too, without a network. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { DatasetContract } from "../../datasets";
import { homeDir } from "../../tools/toolchain";
import type { StageTime } from "../progress";
import type { QueryAnswer, RawScan } from "../questions";
import type { RunReport } from "../runReport";
import type { SeedResult } from "../seeding";
import { page } from "./page";

/** Everything the report tells; every number in it comes from a service's answer. */
export interface RunRecord {
    readonly stack: string;
    readonly contract: DatasetContract;
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

/** @returns the file's path, `<home>/report/<stack>-<dataset>.html` */
export async function writeReport(record: RunRecord): Promise<string> {
    const file = path.join(homeDir(), "report", `${record.stack}-${record.contract.name}.html`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, await page(record));
    return file;
}
