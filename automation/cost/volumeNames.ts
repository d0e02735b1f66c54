/** The volumes that an estimate rests on: their meaning, unit, default and bounds. */

export interface VolumeRule {
    /** What is counted, with its unit: the end of a fault's message. */
    readonly meaning: string;
    readonly fallback: number;
    readonly least: number;
    /** @default no bound */
    readonly most?: number;
}

const rule = (meaning: string, fallback: number, least = 0, most?: number): VolumeRule => ({
    meaning,
    fallback,
    least,
    most,
});

/** Of one dataset. */
export const datasetRules = {
    rawGiBPerDay: rule("GiB of raw text, JSON or CSV, that arrive in a day", 1),
    rawFilesPerDay: rule("raw files that arrive in a day", 24),
    tableFilesPerDay: rule("files that the job adds to the table in a day", 1),
    partitionsPerDay: rule("partitions that a day adds to a partitioned table", 1),
    jobRunsPerDay: rule("runs in a day of a job that no trigger starts by the clock", 1),
    minutesPerRun: rule("minutes that a run lasts", 10),
    crawlsPerDay: rule("crawls in a day of each crawler that has no schedule", 1),
    minutesPerCrawl: rule("minutes that a crawl lasts", 2),
    queriesPerDay: rule("queries in a day in the dataset's workgroup", 50),
    partitionShare: rule("share of a partitioned table that a query reads, 0.1 for a tenth of the days", 0.1, 0, 1),
    columnShare: rule("share of a columnar table's bytes that lie in the columns a query names", 0.3, 0, 1),
    getsPerFile: rule("GET requests by which a query reads one file", 3, 1),
    resultMiBPerQuery: rule("MiB of results that a query writes", 1),
    logMiBPerRun: rule("MiB that a run logs", 20),
    optimizerDpuHoursPerDay: rule("DPU-hours in a day of each optimizer of an Iceberg table", 0.1),
} satisfies Record<string, VolumeRule>;

/** Of the lake as a whole. */
export const lakeRules = {
    ageDays: rule("age of the lake in days: the estimate is of a month in which it holds that much", 365, 1),
    goldGiB: rule("GiB in the gold bucket", 1),
    scriptsGiB: rule("GiB of scripts, libraries and temporary files", 1),
    accessLogBytesPerRequest: rule("bytes of a server access log for one request", 500),
    auditBytesPerEvent: rule("bytes of an audit trail's compressed log file for one event", 200),
    messagesPerMonth: rule("messages in a month to each SNS topic", 30),
    natGiBPerMonth: rule("GiB in a month through each NAT gateway", 10),
    endpointGiBPerMonth: rule("GiB in a month through each interface endpoint", 1),
} satisfies Record<string, VolumeRule>;

export type DatasetVolumes = Readonly<Record<keyof typeof datasetRules, number>>;
export type LakeVolumes = Readonly<Record<keyof typeof lakeRules, number>>;
