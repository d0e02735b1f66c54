/** What a dataset's sample generator is asked for and gives back. */

export interface GenerateOptions {
    /** Clean, distinct rows over the first `days` arrival days. @default 100000 */
    readonly rows?: number;
    /** Arrival days over which `rows` are spread. @default 90 */
    readonly days?: number;
    /** First arrival day, YYYY-MM-DD, UTC. @default "2024-01-01" */
    readonly start?: string;
    /** Everything about a day follows from the seed, the day's index and the rows per day. @default 42 */
    readonly seed?: number;
    /** Index of the first day to write: 90 with the defaults adds the day after the seeded ones. @default 0 */
    readonly firstDay?: number;
    /** How many days to write from `firstDay`; may reach beyond `days`, at the same rows per day. @default days - firstDay, at least 1 */
    readonly dayCount?: number;
    /** Lines that no job may publish, as a share of the clean rows. @default 0.02 */
    readonly badRate?: number;
    /** Exact copies of clean rows, arriving the same day or the next, as a share of the clean rows. @default 0.01 */
    readonly duplicateRate?: number;
    /** Clean rows whose event is one to three days older than their arrival, as a share of the clean rows. @default 0.01 */
    readonly lateRate?: number;
    /** A day's file is split when it would grow beyond this many bytes. @default 64 MiB */
    readonly maxFileBytes?: number;
}

/** Exact counts of what was written: `lines = clean + bad + duplicates`. */
export interface GenerateCounts {
    readonly lines: number;
    readonly clean: number;
    readonly bad: number;
    readonly duplicates: number;
    /** Those of `clean` whose event is older than the arrival day. */
    readonly late: number;
    /** The `bad` by the quarantine reason that the job is to give them. */
    readonly badByReason: Readonly<Record<string, number>>;
    readonly bytes: number;
}

export interface GeneratedFile {
    /** Relative to the dataset's raw prefix, e.g. `ingest_date=2024-01-01/part-0000.jsonl`. */
    readonly key: string;
    readonly body: Buffer;
    readonly counts: GenerateCounts;
}

/** Streams raw files day by day; memory is bounded by one file. */
export type SampleGenerator = (options?: GenerateOptions) => AsyncIterable<GeneratedFile>;

export const noCounts: GenerateCounts = {
    lines: 0,
    clean: 0,
    bad: 0,
    duplicates: 0,
    late: 0,
    badByReason: {},
    bytes: 0,
};

export function addCounts(a: GenerateCounts, b: GenerateCounts): GenerateCounts {
    const badByReason = { ...a.badByReason };
    for (const [reason, count] of Object.entries(b.badByReason)) {
        badByReason[reason] = (badByReason[reason] ?? 0) + count;
    }
    return {
        lines: a.lines + b.lines,
        clean: a.clean + b.clean,
        bad: a.bad + b.bad,
        duplicates: a.duplicates + b.duplicates,
        late: a.late + b.late,
        badByReason,
        bytes: a.bytes + b.bytes,
    };
}
