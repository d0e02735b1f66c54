/** `UNLOAD (query) TO 's3://…' WITH (property = value, …)`: https://docs.aws.amazon.com/athena/latest/ug/unload.html */
import { asFolder, parseS3 } from "../results/location";
import { checkCompressionLevel, codecOf, CtasFault, parseProperties, textOf } from "./ctas";
import type { Cursor } from "./cursor";
import type { TableProperty, UnloadStatement } from "./types";

export function parseUnload(cursor: Cursor): UnloadStatement {
    cursor.expect("UNLOAD", "(");
    const start = cursor.token.start;
    cursor.skipTo(")");
    const query = { start, end: cursor.token.start };
    cursor.expect(")", "TO");
    const { kind, value: location } = cursor.token;
    if (kind !== "string") throw cursor.fault("<string>");
    cursor.next();
    cursor.expect("WITH");
    const properties = parseProperties(cursor);
    cursor.finish();
    return { kind: "unload", type: "DML", subtype: "UNLOAD", result: "none", query, location, properties };
}

/** How an UNLOAD is to run: the table through which Trino writes and which is dropped afterwards. */
export interface UnloadPlan {
    /** Where the files go. */
    readonly location: string;
    /** Of the table but for its location, as Trino has them. */
    readonly properties: readonly string[];
    /** Files may be added to partitions that are there already. */
    readonly partitioned: boolean;
    readonly codec?: string;
}

/** Athena's codecs of each format; of the last three it offers no choice. */
const codecs: Readonly<Record<string, readonly string[]>> = {
    PARQUET: ["GZIP", "SNAPPY", "ZSTD"],
    ORC: ["ZLIB", "LZ4", "SNAPPY", "ZSTD"],
    AVRO: [],
    JSON: ["GZIP"],
    TEXTFILE: ["GZIP"],
};

const known = ["format", "compression", "compression_level", "field_delimiter", "partitioned_by"];

/** @throws CtasFault where Athena fails the statement, or what is asked is not done here */
export function planUnload({ location, properties }: UnloadStatement): UnloadPlan {
    const given = new Map(properties.map((property) => [property.name, property]));
    for (const { name } of properties) {
        if (!known.includes(name)) throw invalid(`UNLOAD has no property '${name}'; it has ${known.join(", ")}`);
    }
    const address = parseS3(location);
    if (address === undefined || /[?#]/.test(location)) {
        throw invalid(`The location '${location}' must be an S3 path, s3://bucket/folder/`);
    }
    const format = formatOf(given.get("format"));
    const kept = [`format = '${format}'`];
    const delimiter = given.get("field_delimiter");
    if (delimiter) kept.push(`textfile_field_separator = ${delimiterOf(delimiter, format)}`);
    const keys = given.get("partitioned_by");
    if (keys) kept.push(`partitioned_by = ${keys.source}`);
    const compression = given.get("compression");
    checkCompressionLevel(given.get("compression_level"), compression);
    return {
        location: asFolder(location),
        properties: kept,
        partitioned: keys !== undefined,
        codec: compression && compressionOf(compression, format),
    };
}

function formatOf(property: TableProperty | undefined): string {
    if (property === undefined) throw invalid("UNLOAD needs the property 'format'");
    const format = textOf(property).toUpperCase();
    if (Object.hasOwn(codecs, format)) return format;
    throw invalid(`format = ${property.source} is not one of ${Object.keys(codecs).join(", ")}`);
}

function compressionOf(property: TableProperty, format: string): string {
    const choices = codecs[format] ?? [];
    if (choices.includes(textOf(property).toUpperCase())) return codecOf(property);
    const offer = choices.length > 0 ? `it may be ${choices.join(", ")}` : "leave it out";
    throw invalid(`compression = ${property.source} does not apply to the format ${format}; ${offer}`);
}

function delimiterOf(property: TableProperty, format: string): string {
    if (format !== "TEXTFILE") throw invalid(`field_delimiter does not apply to the format ${format}`);
    if ([...textOf(property)].length !== 1) {
        throw invalid(`field_delimiter = ${property.source} must be a single character`);
    }
    return property.source;
}

function invalid(message: string): CtasFault {
    return new CtasFault(`INVALID_TABLE_PROPERTY: ${message}`);
}
