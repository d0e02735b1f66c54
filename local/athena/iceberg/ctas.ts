/** `CREATE TABLE … WITH (table_type = 'ICEBERG') AS query`: https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
import { QueryFault } from "../executions/faults";
import type { CtasPlan } from "../statements/ctas";
import type { CtasStatement, TableProperty } from "../statements/types";
import { icebergCatalog } from "../trino/settings";
import { toMetadata, writerSession } from "./properties";

/** Properties that only tables of Hive's have, and what to use for Iceberg. */
const hiveOnly: Readonly<Record<string, string>> = {
    external_location: "location",
    partitioned_by: "partitioning",
    bucketed_by: "partitioning",
    bucket_count: "partitioning",
    field_delimiter: "format",
    parquet_compression: "write_compression",
    orc_compression: "write_compression",
};

export function isIcebergCtas({ properties }: CtasStatement): boolean {
    return properties.some(({ name, text }) => name === "table_type" && text?.toUpperCase() === "ICEBERG");
}

/**
 * @param database of a table's name without one
 * @param defaultLocation where the table goes when the statement does not say
 * @throws QueryFault where Athena fails the statement
 */
export function planIcebergCtas(
    sql: string,
    statement: CtasStatement,
    { database, defaultLocation }: { database: string; defaultLocation: string },
): CtasPlan {
    const kept: string[] = [];
    const own: Record<string, string> = {};
    let location = defaultLocation;
    let external = true;
    for (const property of statement.properties) {
        const { name, text, source } = property;
        const instead = hiveOnly[name];
        if (instead !== undefined) {
            throw QueryFault.ofUser(
                `INVALID_TABLE_PROPERTY: ${name} is not supported for Iceberg tables; use ${instead}`,
            );
        } else if (name === "location") location = textOf(property);
        else if (name === "is_external") external = source.toLowerCase() !== "false";
        else if (name === "partitioning") kept.push(`partitioning = ${source}`);
        else own[name] = text ?? source;
    }
    if (external) {
        throw QueryFault.ofUser("INVALID_TABLE_PROPERTY: Iceberg tables are not external: set is_external = false");
    }
    const metadata = toMetadata(own);
    kept.push(`format = '${metadata["write.format.default"] ?? "parquet"}'`, `location = ${literal(location)}`);
    // Trino writes these two itself: by its property of the format and by the session's codec.
    const extra = Object.entries(metadata).filter(([name]) => !/^write\.(?:format|\w+\.compression)/.test(name));
    if (extra.length > 0) {
        const [names, values] = [extra.map(([name]) => literal(name)), extra.map(([, value]) => literal(value))];
        kept.push(`extra_properties = MAP(ARRAY[${names.join(", ")}], ARRAY[${values.join(", ")}])`);
    }
    const { table, name, clause } = statement;
    const target = [icebergCatalog, quoted(table.database ?? database), quoted(table.table)].join(".");
    const lines = "\n".repeat(sql.slice(clause.start, clause.end).split("\n").length - 1);
    return {
        sql:
            `${sql.slice(0, name.start)}${target}${sql.slice(name.end, clause.start)}` +
            `WITH (${kept.join(", ")})${lines} ${sql.slice(clause.end)}`,
        session: writerSession(icebergCatalog, metadata),
        location,
    };
}

function textOf({ name, text, source }: TableProperty): string {
    if (text === undefined) {
        throw QueryFault.ofUser(`INVALID_TABLE_PROPERTY: ${name} must be a string, not ${source}`);
    }
    return text;
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A name as Trino quotes it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
