/** What names Parquet, and what names other formats. */

const hive = "org.apache.hadoop.hive.ql.io.parquet";

/** Classes by which engines know a Hive table as Parquet; the first of each is the one to write, Hudi's read Parquet too. */
export const parquetClasses: Readonly<Record<"input" | "output" | "serde", readonly [string, ...string[]]>> = {
    input: [
        `${hive}.MapredParquetInputFormat`,
        "org.apache.hudi.hadoop.HoodieParquetInputFormat",
        "org.apache.hudi.hadoop.realtime.HoodieParquetRealtimeInputFormat",
    ],
    output: [`${hive}.MapredParquetOutputFormat`],
    serde: [`${hive}.serde.ParquetHiveSerDe`],
};

/** Does DDL name Parquet: by `STORED AS PARQUET`, or by one of its classes? */
export function isParquetWord(format: string): boolean {
    return format.toUpperCase() === "PARQUET" || Object.values(parquetClasses).some((each) => each.includes(format));
}

/** Formats, as arguments of jobs name them, whose files are not Parquet. */
export const otherFormats: ReadonlySet<string> = new Set([
    "avro",
    "csv",
    "ion",
    "json",
    "jsonl",
    "jsonlines",
    "ndjson",
    "orc",
    "text",
    "textfile",
    "tsv",
    "txt",
    "xml",
]);
