/** SHOW and DESCRIBE on the catalog, in Hive's layout. */
import {
    EntityNotFoundException,
    GetDatabasesCommand,
    GetTablesCommand,
    type Column,
    type Table,
} from "@aws-sdk/client-glue";
import { withWildcards } from "../../patterns";
import { QueryFault } from "../executions/faults";
import { isIceberg } from "../iceberg/metadata";
import type { CatalogAction } from "../statements/types";
import { answer, collect, getTable, literal, noDatabase, type CatalogSession, type TextResult } from "./shared";
import { describeIcebergTable, icebergColumns, icebergProperties, showCreateIcebergTable } from "./showIceberg";

type Of<K extends CatalogAction["do"]> = Extract<CatalogAction, { do: K }>;

export async function showDatabases({ glue }: CatalogSession, { pattern }: Of<"showDatabases">): Promise<TextResult> {
    const databases = await collect(async (token) => {
        const page = await glue.send(new GetDatabasesCommand({ NextToken: token }));
        return { items: page.DatabaseList, next: page.NextToken };
    });
    return answer(names(databases, pattern), "database_name");
}

export async function showTables(session: CatalogSession, action: Of<"showTables">): Promise<TextResult> {
    const database = action.database ?? session.database;
    try {
        const tables = await collect(async (token) => {
            const page = await session.glue.send(new GetTablesCommand({ DatabaseName: database, NextToken: token }));
            return { items: page.TableList, next: page.NextToken };
        });
        const shown = action.viewsOnly ? tables.filter(({ TableType }) => TableType === "VIRTUAL_VIEW") : tables;
        return answer(names(shown, action.pattern), action.viewsOnly ? "views" : "tab_name");
    } catch (error) {
        if (!(error instanceof EntityNotFoundException)) throw error;
        throw noDatabase(database);
    }
}

export async function showColumns(session: CatalogSession, { name }: Of<"showColumns">): Promise<TextResult> {
    const table = await getTable(session, name);
    const columns = isIceberg(table) ? await icebergColumns(session, table) : allColumns(table);
    return answer(
        columns.map(({ Name = "" }) => Name.padEnd(20)),
        "field",
    );
}

export async function showProperties(
    session: CatalogSession,
    { name, property }: Of<"showProperties">,
): Promise<TextResult> {
    const table = await getTable(session, name);
    const all = isIceberg(table) ? await icebergProperties(session, table) : table.Parameters;
    const entries = Object.entries(all ?? {}).filter(([key]) => property === undefined || key === property);
    return answer(
        entries.map(([key, value]) => `${key}\t${value}`),
        "prpt_name",
        "prpt_value",
    );
}

export async function describeTable(session: CatalogSession, { name }: Of<"describe">): Promise<TextResult> {
    const table = await getTable(session, name);
    if (isIceberg(table)) return describeIcebergTable(session, table);
    const lines = allColumns(table).map(describeColumn);
    const keys = table.PartitionKeys ?? [];
    if (keys.length > 0) {
        const head = `# ${"col_name".padEnd(20)}\t${"data_type".padEnd(20)}\t${"comment".padEnd(20)}`;
        lines.push("\t \t ", "# Partition Information\t \t ", head, "\t \t ", ...keys.map(describeColumn));
    }
    return answer(lines, "col_name", "data_type", "comment");
}

export async function showCreateTable(session: CatalogSession, { name }: Of<"showCreateTable">): Promise<TextResult> {
    const table = await getTable(session, name);
    if (table.TableType === "VIRTUAL_VIEW")
        throw QueryFault.ofUser(`FAILED: SemanticException ${name.table} is a view; use SHOW CREATE VIEW`);
    if (isIceberg(table)) return showCreateIcebergTable(session, table);
    const { StorageDescriptor: storage = {}, PartitionKeys: keys = [], Parameters: properties = {} } = table;
    const serde = Object.entries(storage.SerdeInfo?.Parameters ?? {});
    const lines = [
        `CREATE EXTERNAL TABLE \`${table.Name}\`(`,
        ...columnLines(storage.Columns ?? []),
        ...(properties["comment"] ? [`COMMENT ${literal(properties["comment"])}`] : []),
        ...(keys.length > 0 ? ["PARTITIONED BY ( ", ...columnLines(keys)] : []),
        "ROW FORMAT SERDE ",
        `  ${literal(storage.SerdeInfo?.SerializationLibrary ?? "")} `,
        ...(serde.length > 0 ? ["WITH SERDEPROPERTIES ( ", ...pairLines(serde)] : []),
        "STORED AS INPUTFORMAT ",
        `  ${literal(storage.InputFormat ?? "")} `,
        "OUTPUTFORMAT ",
        `  ${literal(storage.OutputFormat ?? "")}`,
        "LOCATION",
        `  ${literal(storage.Location ?? "")}`,
        "TBLPROPERTIES (",
        ...pairLines(Object.entries(properties).filter(([key]) => key !== "EXTERNAL" && key !== "comment")),
    ];
    return answer(lines, "createtab_stmt");
}

function names(items: readonly { Name?: string }[], pattern: string | undefined): string[] {
    return items
        .map(({ Name = "" }) => Name)
        .filter((name) => pattern === undefined || matches(name, pattern))
        .sort();
}

/** Athena's patterns know `*` for any characters and `|` for a choice, nothing else. */
function matches(name: string, pattern: string): boolean {
    return pattern.split("|").some((choice) => withWildcards(choice.toLowerCase(), { "*": ".*" }).test(name));
}

function allColumns({ StorageDescriptor, PartitionKeys }: Table): Column[] {
    return [...(StorageDescriptor?.Columns ?? []), ...(PartitionKeys ?? [])];
}

function describeColumn({ Name = "", Type = "", Comment = "" }: Column): string {
    return `${Name.padEnd(20)}\t${Type.padEnd(20)}\t${Comment.padEnd(20)}`;
}

function columnLines(columns: readonly Column[]): string[] {
    return columns.map(({ Name, Type, Comment }, at) => {
        const comment = Comment ? ` COMMENT ${literal(Comment)}` : "";
        return `  \`${Name}\` ${Type}${comment}${at < columns.length - 1 ? ", " : ")"}`;
    });
}

function pairLines(pairs: readonly (readonly [string, string])[]): string[] {
    if (pairs.length === 0) return [")"];
    return pairs.map(([key, value], at) => `  ${literal(key)}=${literal(value)}${at < pairs.length - 1 ? ", " : ")"}`);
}
