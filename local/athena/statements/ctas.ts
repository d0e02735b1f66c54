/** `CREATE TABLE name WITH (property = value, …) AS query`: https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
import type { Cursor } from "./cursor";
import type { CtasStatement, TableProperty } from "./types";

/** @returns undefined for a `CREATE TABLE` without a query */
export function parseCtas(cursor: Cursor): CtasStatement | undefined {
    cursor.expect("CREATE", "TABLE");
    cursor.accept("IF", "NOT", "EXISTS");
    const nameStart = cursor.token.start;
    const table = cursor.tableName();
    const name = { start: nameStart, end: cursor.peek(-1).end };
    if (!cursor.skipTo("WITH", "AS")) return undefined;
    const start = cursor.token.start;
    const properties = cursor.accept("WITH") ? parseProperties(cursor) : [];
    const end = properties.length > 0 ? cursor.peek(-1).end : start;
    if (!cursor.accept("AS")) return undefined;
    return {
        kind: "ctas",
        type: "DDL",
        subtype: "CREATE_TABLE_AS_SELECT",
        result: "none",
        table,
        properties,
        name,
        clause: { start, end },
    };
}

export function parseProperties(cursor: Cursor): TableProperty[] {
    const properties: TableProperty[] = [];
    cursor.expect("(");
    do {
        const name = cursor.identifier();
        cursor.expect("=");
        const first = cursor.token;
        let last = first;
        while (!cursor.at(",") && !cursor.at(")")) last = skipExpressionPart(cursor);
        properties.push({
            name,
            text: first.kind === "string" && last === first ? first.value : undefined,
            source: cursor.source.slice(first.start, last.end),
        });
    } while (cursor.accept(","));
    cursor.expect(")");
    return properties;
}

const brackets: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

/** One token, or a bracket with all in it. @returns its last token */
function skipExpressionPart(cursor: Cursor) {
    const token = cursor.next();
    if (token.kind === "end") throw cursor.fault("')'");
    const closer = token.kind === "symbol" ? brackets[token.value] : undefined;
    if (closer === undefined) return token;
    while (!cursor.at(closer)) skipExpressionPart(cursor);
    return cursor.next();
}

/** How a CTAS is to run: what Trino is told that Athena's statement says otherwise. */
export interface CtasPlan {
    readonly sql: string;
    readonly session: Readonly<Record<string, string>>;
    /** Where the table's data go. */
    readonly location: string;
}

/** A CTAS that Athena fails, as `name: message`. */
export class CtasFault extends Error {}

const compressionProperties = new Set(["write_compression", "parquet_compression", "orc_compression"]);

const codecs: Readonly<Record<string, string>> = {
    NONE: "NONE",
    UNCOMPRESSED: "NONE",
    SNAPPY: "SNAPPY",
    GZIP: "GZIP",
    ZLIB: "GZIP",
    LZ4: "LZ4",
    ZSTD: "ZSTD",
};

/**
 * @param defaultLocation where the table goes when the statement may not or does not say
 * @param enforced does the workgroup enforce its location?
 * @throws CtasFault
 */
export function planCtas(
    sql: string,
    statement: CtasStatement,
    { catalog, defaultLocation, enforced }: { catalog: string; defaultLocation: string; enforced: boolean },
): CtasPlan {
    const kept: string[] = [];
    const session: Record<string, string> = {};
    let location = defaultLocation;
    for (const property of statement.properties) {
        const { name, text, source } = property;
        if (name === "external_location") {
            if (enforced) throw new CtasFault(enforcedLocation);
            location = textOf(property);
        } else if (compressionProperties.has(name)) {
            session[`${catalog}.compression_codec`] = codecOf(property);
        } else if (name === "compression_level") {
            checkCompressionLevel(
                property,
                statement.properties.find((other) => compressionProperties.has(other.name)),
            );
        } else if (name === "field_delimiter") kept.push(`textfile_field_separator = ${source}`);
        else if (name === "table_type" && text?.toUpperCase() === "HIVE") continue;
        else if (name === "is_external" && source.toLowerCase() === "true") continue;
        else if (notDone.has(name)) {
            throw new CtasFault(`NOT_SUPPORTED: The local Athena does not do CTAS with ${name} = ${source}.`);
        } else kept.push(`${name} = ${source}`);
    }
    kept.push(`external_location = '${location.replaceAll("'", "''")}'`);
    const { start, end } = statement.clause;
    // As many lines as before, so that the lines of later errors stay true.
    const lines = "\n".repeat(sql.slice(start, end).split("\n").length - 1);
    const clause = `WITH (${kept.join(", ")})${lines} `;
    return { sql: sql.slice(0, start) + clause + sql.slice(end), session, location };
}

/** What this Trino has no setting for, and what only Iceberg tables have. */
const notDone = new Set(["table_type", "is_external", "location", "partitioning"]);

/** Of Athena and of this Trino, which has no setting for it. */
const zstdLevel = 3;

/**
 * https://docs.aws.amazon.com/athena/latest/ug/compression-support-zstd-levels.html
 * @throws CtasFault where Athena fails the level, or it is not the one that is done here
 */
export function checkCompressionLevel(level: TableProperty | undefined, compression: TableProperty | undefined): void {
    if (level === undefined) return;
    const number = Number(level.text ?? level.source);
    if (!Number.isInteger(number) || number < 1 || number > 22) {
        throw new CtasFault(`INVALID_TABLE_PROPERTY: compression_level = ${level.source} is not from 1 to 22`);
    }
    if (compression?.text?.toUpperCase() !== "ZSTD") {
        throw new CtasFault("INVALID_TABLE_PROPERTY: compression_level is supported only for ZSTD compression");
    }
    if (number !== zstdLevel) {
        throw new CtasFault(
            `NOT_SUPPORTED: The local Athena writes ZSTD with compression_level = ${zstdLevel}, not ${level.source}.`,
        );
    }
}

const enforcedLocation =
    "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena " +
    "Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property " +
    "and resubmit the query.";

export function codecOf(property: TableProperty): string {
    const codec = codecs[textOf(property).toUpperCase()];
    if (codec === undefined) {
        throw new CtasFault(
            `NOT_SUPPORTED: The local Athena does not write with ${property.name} = ${property.source}; ` +
                `it does ${Object.keys(codecs).join(", ")}.`,
        );
    }
    return codec;
}

export function textOf({ name, text, source }: TableProperty): string {
    if (text === undefined) throw new CtasFault(`INVALID_TABLE_PROPERTY: ${name} must be a string, not ${source}`);
    return text;
}
