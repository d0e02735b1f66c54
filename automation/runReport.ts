/** The job's own account of a run, which it writes beside the data it published. */
import type { S3Client } from "@aws-sdk/client-s3";
import { bytes, count, plural, table } from "./format";
import { StepFailure } from "./errors";
import { bucketStore, parseLocation } from "./objects";

/** Written by glue-scripts at the end of a run; `input = output + quarantined + duplicates + alreadyPublished`. */
export interface RunReport {
    readonly runId: string;
    readonly dataset: string;
    readonly status: string;
    readonly rows: {
        readonly input: number;
        readonly output: number;
        readonly quarantined: number;
        readonly duplicates: number;
        readonly alreadyPublished: number;
    };
    readonly quarantineReasons: Readonly<Record<string, number>>;
    readonly partitions: readonly string[];
    readonly files: number;
    readonly bytesRead: number;
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
export function summarize({ rows }: RunReport): string {
    if (rows.input === 0) return "nothing new to read";
    const parts = [`${count(rows.output)} rows published of ${count(rows.input)} read`];
    if (rows.quarantined) parts.push(`${count(rows.quarantined)} quarantined`);
    if (rows.duplicates) parts.push(plural(rows.duplicates, "duplicate"));
    if (rows.alreadyPublished) parts.push(`${count(rows.alreadyPublished)} already published`);
    return parts.join(", ");
}

/** The accounting, the reasons and the quality outcomes for the terminal. */
export function describeReport(report: RunReport): string {
    const { rows } = report;
    if (rows.input === 0) return "Nothing new has arrived since the job's last run; silver stays as it was.";
    const accounting: [string, number][] = [
        ["published", rows.output],
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
        `${bytes(report.bytesRead)} read; ${bytes(report.bytesWritten)} written in ${plural(report.files, "file")} of ${plural(report.partitions.length, "partition")}.`,
        `Data quality: ${report.quality.length - failed.length} of ${plural(report.quality.length, "rule")} passed.`,
        ...failed.map((rule) => `  ${rule.outcome}: ${rule.rule}${rule.reason ? ` (${rule.reason})` : ""}`),
    ];
    return lines.join("\n");
}
