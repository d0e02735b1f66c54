/** The job's own account of a run, which it writes beside the data it published. */
import type { S3Client } from "@aws-sdk/client-s3";
import { bytes, count, plural, table } from "./format";
import { StepFailure } from "./errors";
import { bucketStore, parseLocation } from "./objects";

/**
 * Written by glue-scripts at the end of a run; `input = output + quarantined + duplicates + alreadyPublished`. Silver has
 * grown by `output - replaced`.
 */
export interface RunReport {
    readonly runId: string;
    readonly dataset: string;
    readonly mode: "run" | "backfill" | "compact" | "rewind" | "reset";
    readonly status: string;
    readonly rows: {
        readonly input: number;
        readonly output: number;
        readonly quarantined: number;
        readonly duplicates: number;
        readonly alreadyPublished: number;
        /** Published rows that a later one of the run took the place of. */
        readonly replaced: number;
    };
    readonly quarantineReasons: Readonly<Record<string, number>>;
    readonly schemaChanges: {
        /** Fields that no column reads, with the records that have them. */
        readonly newFields: Readonly<Record<string, number>>;
        /** `object: field` of headers that lack a column. */
        readonly missingFields: readonly string[];
    };
    readonly partitions: readonly string[];
    readonly files: number;
    readonly bytesRead: number;
    /** Of silver, to merge with. */
    readonly bytesScanned: number;
    readonly gold: readonly { readonly table: string; readonly partitions: readonly string[] }[];
    readonly bytesWritten: number;
    readonly quality: readonly { readonly rule: string; readonly outcome: string; readonly reason?: string | null }[];
    readonly stages: readonly { readonly name: string; readonly seconds: number }[];
}

/** @throws StepFailure when the report is missing, or its rows do not add up. */
export async function readRunReport(s3: S3Client, reportsLocation: string, runId: string): Promise<RunReport> {
    const { bucket, prefix } = parseLocation(reportsLocation);
    const key = `${prefix}${runId}.json`;
    const text = await bucketStore(s3, bucket).getText(key);
    if (text === undefined) throw new StepFailure(`Run ${runId} left no report at s3://${bucket}/${key}.`);
    const report = JSON.parse(text) as RunReport;
    const { input, output, quarantined, duplicates, alreadyPublished } = report.rows;
    if (input !== output + quarantined + duplicates + alreadyPublished) {
        throw new StepFailure(`The rows of run ${runId} do not add up: ${JSON.stringify(report.rows)}.`);
    }
    return report;
}

/** The reports of every run that finished, in no order. */
export async function readRunReports(s3: S3Client, reportsLocation: string): Promise<RunReport[]> {
    const { bucket, prefix } = parseLocation(reportsLocation);
    const keys = [...(await bucketStore(s3, bucket).list(prefix)).keys()];
    const ids = keys.filter((key) => key.endsWith(".json")).map((key) => key.slice(prefix.length, -".json".length));
    return Promise.all(ids.map((id) => readRunReport(s3, reportsLocation, id)));
}

/** "100,000 published of 103,000 read; 2,000 quarantined, 1,000 duplicates". */
export function summarize({ mode, rows, partitions }: RunReport): string {
    if (mode === "compact") return `${plural(partitions.length, "partition")} compacted`;
    if (mode === "reset" || mode === "rewind") return "the bookmark is set back";
    if (rows.input === 0) return "nothing new to read";
    const parts = [`${count(rows.output)} rows published of ${count(rows.input)} read`];
    if (rows.quarantined) parts.push(`${count(rows.quarantined)} quarantined`);
    if (rows.duplicates) parts.push(plural(rows.duplicates, "duplicate"));
    if (rows.alreadyPublished) parts.push(`${count(rows.alreadyPublished)} already published`);
    return parts.join(", ");
}

/** The accounting, the reasons and the quality outcomes for the terminal. */
export function describeReport(report: RunReport): string {
    const { rows, mode } = report;
    if (mode === "compact") return `${written(report)}\nSilver has the rows that it had.`;
    if (mode === "reset" || mode === "rewind") return "The next run reads again what the job has forgotten.";
    if (rows.input === 0) return "Nothing new has arrived since the job's last run; silver stays as it was.";
    const accounting: [string, number][] = [
        ["published", rows.output],
        ...(rows.replaced === 0 ? [] : [["  in place of an earlier row", rows.replaced] satisfies [string, number]]),
        ["quarantined", rows.quarantined],
        ...Object.entries(report.quarantineReasons).map(([reason, number]): [string, number] => [
            `  ${reason}`,
            number,
        ]),
        ["duplicates dropped", rows.duplicates],
        ["already published", rows.alreadyPublished],
        ["= read", rows.input],
    ];
    const failed = report.quality.filter((rule) => rule.outcome !== "Passed");
    const lines = [
        table(
            [
                { title: "Rows", numeric: false },
                { title: "", numeric: true },
            ],
            accounting.map(([name, number]) => [name, count(number)]),
            Number.POSITIVE_INFINITY,
        ),
        `${bytes(report.bytesRead)} read. ${written(report)}`,
        ...report.gold.map(
            ({ table: name, partitions }) => `Gold: ${name}, ${plural(partitions.length, "partition")}.`,
        ),
        ...schemaLines(report),
        report.quality.length === 0
            ? "Data quality: no rows to judge."
            : `Data quality: ${report.quality.length - failed.length} of ${plural(report.quality.length, "rule")} passed.`,
        ...failed.map((rule) => `  ${rule.outcome}: ${rule.rule}${rule.reason ? ` (${rule.reason})` : ""}`),
    ];
    return lines.join("\n");
}

function written({ bytesWritten, bytesScanned, files, partitions }: RunReport): string {
    const merged = bytesScanned === 0 ? "" : `, merged with ${bytes(bytesScanned)} of silver`;
    return `${bytes(bytesWritten)} written in ${plural(files, "file")} of ${plural(partitions.length, "partition")}${merged}.`;
}

function schemaLines({ schemaChanges: { newFields, missingFields } }: RunReport): string[] {
    const fields = Object.entries(newFields).map(([name, records]) => `${name} (${plural(records, "record")})`);
    return [
        ...(fields.length === 0 ? [] : [`Fields that no column reads: ${fields.join(", ")}.`]),
        ...(missingFields.length === 0 ? [] : [`Columns that a header lacks: ${missingFields.join(", ")}.`]),
    ];
}
