/** SHOW and DESCRIBE of Iceberg tables: https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-managing-tables.html */
import type { Column, Table } from "@aws-sdk/client-glue";
import { QueryFault } from "../executions/faults";
import { glueColumns, isCurrentColumn } from "../iceberg/columns";
import { readMetadata, schemaOf, type IcebergMetadata } from "../iceberg/metadata";
import { toAthena, unknownProperties } from "../iceberg/properties";
import { answer, literal, type CatalogSession, type TextResult } from "./shared";

export async function icebergColumns(session: CatalogSession, table: Table): Promise<Column[]> {
    return glueColumns(await readMetadata(session, table)).filter(isCurrentColumn);
}

export async function icebergProperties(session: CatalogSession, table: Table): Promise<Record<string, string>> {
    return toAthena((await readMetadata(session, table)).properties);
}

export async function describeIcebergTable(session: CatalogSession, table: Table): Promise<TextResult> {
    const metadata = await readMetadata(session, table);
    const lines = [
        "# Table schema:\t\t",
        "# col_name\tdata_type\tcomment",
        ...(await icebergColumns(session, table)).map(({ Name, Type, Comment = "" }) => `${Name}\t${Type}\t${Comment}`),
        "\t\t",
        "# Partition spec:\t\t",
        "# field_name\tfield_transform\tcolumn_name",
        ...partitionsOf(metadata).map(({ name, transform, column }) => `${name}\t${transform}\t${column}`),
    ];
    return answer(lines, "col_name", "data_type", "comment");
}

/** @throws QueryFault for a table that a statement of Athena's would not make again */
export async function showCreateIcebergTable(session: CatalogSession, table: Table): Promise<TextResult> {
    const metadata = await readMetadata(session, table);
    const unknown = unknownProperties(metadata.properties);
    if (unknown.length > 0) {
        throw QueryFault.ofUser(
            `NOT_SUPPORTED: ${table.Name} has table properties that Athena has no name for: ${unknown.join(", ")}`,
        );
    }
    const columns = (await icebergColumns(session, table)).map(
        ({ Name, Type, Comment }) => `  \`${Name}\` ${Type}${Comment ? ` COMMENT ${literal(Comment)}` : ""}`,
    );
    const partitions = partitionsOf(metadata).map(partitionExpression);
    const properties = Object.entries({ table_type: "iceberg", ...toAthena(metadata.properties) });
    const lines = [
        `CREATE TABLE ${table.DatabaseName}.${table.Name} (`,
        `${columns.join(",\n")})`,
        ...(partitions.length > 0 ? [`PARTITIONED BY (${partitions.join(", ")})`] : []),
        `LOCATION ${literal(metadata.location)}`,
        "TBLPROPERTIES (",
        properties.map(([name, value]) => `  ${literal(name)}=${literal(value)}`).join(",\n"),
        ");",
    ];
    return answer(lines.join("\n").split("\n"), "createtab_stmt");
}

interface Partition {
    readonly name: string;
    readonly transform: string;
    readonly column: string;
}

function partitionsOf(metadata: IcebergMetadata): Partition[] {
    const spec = metadata["partition-specs"].find((one) => one["spec-id"] === metadata["default-spec-id"]);
    const { fields } = schemaOf(metadata);
    return (spec?.fields ?? []).map((field) => ({
        name: field.name,
        transform: field.transform,
        column: fields.find(({ id }) => id === field["source-id"])?.name ?? "",
    }));
}

function partitionExpression({ transform, column }: Partition): string {
    const [, kind = transform, size] = /^(\w+)\[(\d+)\]$/.exec(transform) ?? [];
    if (kind === "identity") return `\`${column}\``;
    return `${kind}(${size === undefined ? "" : `${size}, `}\`${column}\`)`;
}
