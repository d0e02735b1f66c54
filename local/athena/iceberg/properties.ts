/**
 * Athena's properties of an Iceberg table, and what they are called in the table's metadata.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html#querying-iceberg-table-properties
 */
import { QueryFault } from "../executions/faults";

/** The size of data files that writers aim at, where the table does not say. */
const defaultFileBytes = 512 * 2 ** 20;

const defaultSnapshotAgeMs = 5 * 86_400_000;

const formats = ["parquet", "orc", "avro"];
const codecNames = formats.map((format) => `write.${format}.compression-codec`);

/** Athena's names by the metadata's. Those that only Athena knows go by the same name in both. */
const metadataNames: Readonly<Record<string, string>> = {
    write_target_data_file_size_bytes: "write.target-file-size-bytes",
    vacuum_min_snapshots_to_keep: "history.expire.min-snapshots-to-keep",
    vacuum_max_metadata_files_to_keep: "write.metadata.previous-versions-max",
    optimize_rewrite_min_data_file_size_bytes: "optimize_rewrite_min_data_file_size_bytes",
    optimize_rewrite_max_data_file_size_bytes: "optimize_rewrite_max_data_file_size_bytes",
    optimize_rewrite_data_file_threshold: "optimize_rewrite_data_file_threshold",
    optimize_rewrite_delete_file_threshold: "optimize_rewrite_delete_file_threshold",
};

/** What Trino gives each table that it makes. */
const trinoOwn = "commit.retry.num-retries";

const snapshotAge = "history.expire.max-snapshot-age-ms";

/** Trino's names of codecs by Athena's. */
const codecs: Readonly<Record<string, string>> = {
    none: "NONE",
    uncompressed: "NONE",
    snappy: "SNAPPY",
    gzip: "GZIP",
    zlib: "GZIP",
    lz4: "LZ4",
    zstd: "ZSTD",
};

type Properties = Readonly<Record<string, string>>;

/**
 * @param format of the table where the properties do not name one
 * @throws QueryFault for a property that Athena or the local Athena does not take
 */
export function toMetadata(properties: Properties, format = "parquet"): Record<string, string> {
    const result: Record<string, string> = {};
    const ownFormat = properties["format"]?.toLowerCase();
    for (const [name, value] of Object.entries(properties)) {
        const known = metadataNames[name];
        if (name === "table_type") continue;
        else if (name === "format") result["write.format.default"] = formatOf(value);
        else if (name === "write_compression") {
            codecOf(value);
            result[`write.${ownFormat ?? format}.compression-codec`] = value.toLowerCase();
        } else if (name === "vacuum_max_snapshot_age_seconds") {
            result[snapshotAge] = String(wholeNumber(name, value) * 1000);
        } else if (known !== undefined) result[known] = String(wholeNumber(name, value));
        else if (name === "compression_level") throw QueryFault.notSupported("the table property compression_level");
        else throw unknownProperty(name);
    }
    return result;
}

/** What a metadata document's properties are to Athena; those that it does not know are left out. */
export function toAthena(properties: Properties = {}): Record<string, string> {
    const format = dataFormat(properties);
    const codec = properties[`write.${format}.compression-codec`];
    const age = properties[snapshotAge];
    return {
        format,
        ...(codec === undefined ? {} : { write_compression: codec.toLowerCase() }),
        ...(age === undefined ? {} : { vacuum_max_snapshot_age_seconds: String(Number(age) / 1000) }),
        ...Object.fromEntries(
            Object.entries(metadataNames)
                .filter(([, known]) => properties[known] !== undefined)
                .map(([name, known]) => [name, properties[known] as string]),
        ),
    };
}

/**
 * The members of a metadata document that one of Athena's properties stands for.
 * @throws QueryFault for a property that Athena does not know
 */
export function metadataNamesOf(name: string): string[] {
    if (name === "format") return ["write.format.default"];
    if (name === "write_compression") return codecNames;
    if (name === "vacuum_max_snapshot_age_seconds") return [snapshotAge];
    const known = metadataNames[name];
    if (known === undefined) throw unknownProperty(name);
    return [known];
}

/** The members of a metadata document's properties that Athena has no name for. */
export function unknownProperties(properties: Properties = {}): string[] {
    const known = new Set([
        trinoOwn,
        "write.format.default",
        snapshotAge,
        ...codecNames,
        ...Object.values(metadataNames),
    ]);
    return Object.keys(properties).filter((name) => !known.has(name));
}

function unknownProperty(name: string): QueryFault {
    return QueryFault.ofUser(`INVALID_TABLE_PROPERTY: Unsupported table property key: ${name}`);
}

export function dataFormat(properties: Properties = {}): string {
    return properties["write.format.default"]?.toLowerCase() ?? "parquet";
}

/** The session by which Trino writes as the table's properties say. @param catalog the Iceberg tables' */
export function writerSession(catalog: string, properties: Properties = {}): Record<string, string> {
    const codec = properties[`write.${dataFormat(properties)}.compression-codec`];
    return {
        [`${catalog}.target_max_file_size`]: `${targetFileBytes(properties)}B`,
        ...(codec === undefined ? {} : { [`${catalog}.compression_codec`]: codecOf(codec) }),
    };
}

/** Data files below it are rewritten by OPTIMIZE. */
export function smallFileBytes(properties: Properties = {}): number {
    const own = properties["optimize_rewrite_min_data_file_size_bytes"];
    return own === undefined ? Math.floor(0.75 * targetFileBytes(properties)) : Number(own);
}

export function maxSnapshotAgeMs(properties: Properties = {}): number {
    return Number(properties[snapshotAge] ?? defaultSnapshotAgeMs);
}

function targetFileBytes(properties: Properties): number {
    return Number(properties["write.target-file-size-bytes"] ?? defaultFileBytes);
}

/** @throws QueryFault for a codec that Trino does not write */
export function codecOf(name: string): string {
    const codec = codecs[name.toLowerCase()];
    if (codec === undefined) throw QueryFault.notSupported(`the compression ${name} of Iceberg tables`);
    return codec;
}

function formatOf(value: string): string {
    const format = value.toLowerCase();
    if (!formats.includes(format)) {
        throw QueryFault.ofUser(
            `INVALID_TABLE_PROPERTY: Unsupported format ${value}; it is one of ${formats.join(", ")}.`,
        );
    }
    return format;
}

function wholeNumber(name: string, value: string): number {
    if (!/^\d+$/.test(value)) {
        throw QueryFault.ofUser(`INVALID_TABLE_PROPERTY: ${name} must be a whole number, not ${value}`);
    }
    return Number(value);
}
