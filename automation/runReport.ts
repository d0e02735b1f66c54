/** The job's own account of a run, which it writes beside the data it published. */
import type { S3Client } from "@aws-sdk/client-s3";
import { bytes, count, plural, seconds, table } from "./format";
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
    /** `nothing-new`: the run found nothing to do and changed nothing. */
    readonly status: "succeeded" | "failed" | "nothing-new";
    /** Why the run failed. */
    readonly error?: string | null;
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
    /** Raw objects read. */
    readonly objects: number;
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
    /** Most memory that one of the job's Python workers has had. */
    readonly peakMemoryMiB: number;
    readonly stages: readonly { readonly name: string; readonly seconds: number }[];
}

/** @throws StepFailure when the report is missing, or its rows do not add up. */
export async function readRunReport(s3: S3Client, reportsLocation: string, runId: string): Promise<RunReport> {
    const report = await findRunReport(s3, reportsLocation, runId);
    if (report === undefined) throw new StepFailure(`Run ${runId} left no report at ${reportsLocation}${runId}.json.`);
    const { input, output, quarantined, duplicates, alreadyPublished } = report.rows;
    if (input !== output + quarantined + duplicates + alreadyPublished) {
        throw new StepFailure(`The rows of run ${runId} do not add up: ${JSON.stringify(report.rows)}.`);
    }
    return report;
}

/** Also of a run that failed; undefined where it ended before it could tell. */
export async function findRunReport(
    s3: S3Client,
    reportsLocation: string,
    runId: string,
): Promise<RunReport | undefined> {
    const { bucket, prefix } = parseLocation(reportsLocation);
    const text = await bucketStore(s3, bucket).getText(`${prefix}${runId}.json`);
    return text === undefined ? undefined : (JSON.parse(text) as RunReport);
}

/** The reports of every run that counts, in no order: what a failed one read is read again by a later one. */
export async function readRunReports(s3: S3Client, reportsLocation: string): Promise<RunReport[]> {
    const { bucket, prefix } = parseLocation(reportsLocation);
    const keys = [...(await bucketStore(s3, bucket).list(prefix)).keys()];
    const ids = keys.filter((key) => key.endsWith(".json")).map((key) => key.slice(prefix.length, -".json".length));
    const reports = await Promise.all(ids.map((id) => readRunReport(s3, reportsLocation, id)));
    return reports.filter(({ status }) => status !== "failed");
}

/** "100,000 rows published of 103,000 read, 2,000 quarantined, 1,000 duplicates". */
export function summarize({ mode, rows, partitions }: RunReport): string {
    if (mode === "compact") return `${plural(partitions.length, "partition")} compacted`;
    if (mode === "reset" || mode === "rewind") return "the bookmark is set back";
    if (rows.input === 0) return mode === "backfill" ? "nothing arrived in these days" : "nothing new to read";
    const parts = [`${count(rows.output)} rows published of ${count(rows.input)} read`];
    if (rows.quarantined) parts.push(`${count(rows.quarantined)} quarantined`);
    if (rows.duplicates) parts.push(plural(rows.duplicates, "duplicate"));
    if (rows.alreadyPublished) parts.push(`${count(rows.alreadyPublished)} already published`);
    return parts.join(", ");
}

/** The accounting, the reasons, the quality outcomes and the times for the terminal. */
export function describeReport(report: RunReport): string {
    const { rows, mode } = report;
    if (mode === "reset" || mode === "rewind") return "The next run reads again what the job has forgotten.";
    if (mode === "compact") {
        const done =
            report.files === 0 ? "No partition of these days has files to join." : `Compaction: ${written(report)}`;
        return [done, "Silver has the rows that it had.", ...goldLines(report), ...stageLines(report)].join("\n");
    }
    if (rows.input === 0) {
        const nothing =
            mode === "backfill"
                ? "Backfill: nothing arrived in these days; silver stays as it was."
                : "Nothing new has arrived since the job's last run; silver stays as it was.";
        return [nothing, ...goldLines(report)].join("\n");
    }
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
    return [
        table(
            [
                { title: mode === "backfill" ? "Rows of the backfill" : "Rows", numeric: false },
                { title: "", numeric: true },
            ],
            accounting.map(([name, number]) => [name, count(number)]),
            Number.POSITIVE_INFINITY,
        ),
        `Silver has ${growth(rows.output - rows.replaced)}.`,
        `${bytes(report.bytesRead)} read from ${plural(report.objects, "object")}. ${written(report)}`,
        ...goldLines(report),
        ...schemaLines(report),
        ...qualityLines(report),
        ...stageLines(report),
    ].join("\n");
}

/** Why a run failed, in words that people were given: the job's own errors without the name of their class. */
export function errorText({ error }: Pick<RunReport, "error">): string | undefined {
    return error?.replace(/^lakeworks\.[\w.]+: /, "");
}

function growth(rows: number): string {
    if (rows === 0) return "as many rows as before";
    return `${plural(Math.abs(rows), "row")} ${rows > 0 ? "more" : "fewer"} than before`;
}

function written({ bytesWritten, bytesScanned, files, partitions }: RunReport): string {
    const merged = bytesScanned === 0 ? "" : `, ${bytes(bytesScanned)} of silver scanned`;
    return `${bytes(bytesWritten)} written in ${plural(files, "file")} of ${plural(partitions.length, "partition")}${merged}.`;
}

function goldLines({ gold }: RunReport): string[] {
    return gold.map(({ table: name, partitions }) => `Gold: ${name}: ${plural(partitions.length, "partition")}.`);
}

function schemaLines({ schemaChanges: { newFields, missingFields } }: RunReport): string[] {
    const fields = Object.entries(newFields).map(([name, records]) => `${name} (${plural(records, "record")})`);
    return [
        ...(fields.length === 0 ? [] : [`Fields that no column reads: ${fields.join(", ")}.`]),
        ...(missingFields.length === 0 ? [] : [`Columns that a header lacks: ${missingFields.join(", ")}.`]),
    ];
}

function qualityLines({ quality }: RunReport): string[] {
    const failed = quality.filter((rule) => rule.outcome !== "Passed");
    return [
        quality.length === 0
            ? "Data quality: no rows to judge."
            : `Data quality: ${quality.length - failed.length} of ${plural(quality.length, "rule")} passed.`,
        ...failed.map((rule) => `  ${rule.outcome}: ${rule.rule}${rule.reason ? ` (${rule.reason})` : ""}`),
    ];
}

/** The stages that took longest, a few, and the memory that it took. */
function stageLines({ stages, peakMemoryMiB }: RunReport): string[] {
    const slowest = [...stages].sort((one, other) => other.seconds - one.seconds).slice(0, shownStages);
    if (slowest.length === 0) return [];
    const memory = peakMemoryMiB > 0 ? ` Largest worker: ${count(peakMemoryMiB)} MiB.` : "";
    return [`Slowest: ${slowest.map((stage) => `${stage.name} ${seconds(stage.seconds)}`).join(", ")}.${memory}`];
}

const shownStages = 3;
