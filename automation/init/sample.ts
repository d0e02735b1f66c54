/** What a sample file is and holds, as the job's own Python finds it. */
import { execFile } from "node:child_process";
import * as path from "node:path";
import type { DatasetContract } from "../../datasets";
import { loadToolchain, projectRoot } from "../../tools/toolchain";
import { StepFailure } from "../errors";

/** One field of the sample's records. */
export interface SampleField {
    readonly name: string;
    /** Records with a value. */
    readonly present: number;
    readonly distinct: number;
    /** Values by what they are in the file. */
    readonly kinds: Readonly<Partial<Record<"text" | "number" | "boolean" | "nested", number>>>;
    /** Values that the job's cast to the type takes. */
    readonly types: Readonly<Partial<Record<"boolean" | "bigint" | "double" | "date" | "timestamp", number>>>;
    /** Numbers that begin with a zero: codes. */
    readonly padded?: number;
    /** Numbers without an exponent. */
    readonly plain?: number;
    /** Most digits before the point, and after it. */
    readonly whole?: number;
    readonly scale?: number;
    readonly least?: number | null;
    readonly most?: number | null;
    /** Of times. */
    readonly first?: string | null;
    readonly last?: string | null;
    /** All values, sorted, where there are at most twenty. */
    readonly values: readonly string[];
    readonly example?: string;
    /** DuckDB's type of the column, of Parquet. */
    readonly declared?: string | null;
}

export interface SampleProfile {
    readonly raw: Omit<DatasetContract["raw"], "arrivalKey">;
    readonly compression: "gzip" | "bzip2" | "zstd" | null;
    readonly guesses: readonly (readonly [about: string, choice: string, reason: string])[];
    /** Without exact copies. */
    readonly records: number;
    readonly copies: number;
    /** What is no record, by reason. */
    readonly faults: Readonly<Record<string, number>>;
    readonly fields: readonly SampleField[];
    /** Pairs of fields that tell all records apart, where no field does. */
    readonly pairs: readonly (readonly [string, string])[];
}

/** What the job's first step makes of the sample. */
export interface SampleTrial {
    readonly records: number;
    /** Rows that it would publish. */
    readonly clean: number;
    readonly duplicates: number;
    /** Quarantined records by reason. */
    readonly reasons: Readonly<Record<string, number>>;
    readonly partitions: number;
    /** Day of the newest event, YYYY-MM-DD; null without a clean row. */
    readonly newest: string | null;
    /** Clean rows of days before it. */
    readonly late: number;
    /** Fields that no column reads, with the records that have them. */
    readonly unread: Readonly<Record<string, number>>;
}

interface Refusal {
    readonly refused: string;
    readonly fix?: string;
}

/** @throws StepFailure where the file cannot be a sample */
export async function profileOf(file: string, rowTag?: string): Promise<SampleProfile> {
    const answer = await run<SampleProfile>("sample_profile.py", [file, ...(rowTag === undefined ? [] : [rowTag])]);
    if (!("refused" in answer)) return answer;
    throw new StepFailure(`${file} cannot be a sample.`, { reason: answer.refused, next: answer.fix });
}

/** @throws StepFailure where the job refuses the contract */
export async function tryContract(file: string, contract: DatasetContract): Promise<SampleTrial> {
    const answer = await run<SampleTrial>("sample_trial.py", [file], JSON.stringify(contract));
    if (!("refused" in answer)) return answer;
    throw new StepFailure("The job does not take the proposed contract.", { reason: answer.refused });
}

function run<T extends object>(script: string, args: readonly string[], input = ""): Promise<T | Refusal> {
    const env = { ...process.env, PYTHONPATH: path.join(projectRoot, "glue-scripts") };
    return new Promise((resolve, reject) => {
        const child = execFile(
            loadToolchain().python,
            [path.join(__dirname, script), ...args],
            { env, maxBuffer: 64 * 1024 ** 2 },
            (error, stdout, stderr) => {
                if (error === null) resolve(JSON.parse(stdout) as T | Refusal);
                else reject(new StepFailure(`${script} failed.`, { log: stderr.trim().split("\n").slice(-5) }));
            },
        );
        child.stdin?.end(input);
    });
}
