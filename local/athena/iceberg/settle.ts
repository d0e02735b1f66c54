/** After Trino has written: the catalog's entry as Athena leaves it. Trino keeps its own notes there, Athena does not. */
import { isDeepStrictEqual } from "node:util";
import { ConcurrentModificationException, UpdateTableCommand, type Table, type TableInput } from "@aws-sdk/client-glue";
import { databaseOf, findTable, tableInputOf, type CatalogSession } from "../catalog/shared";
import { viewColumns } from "../catalog/viewColumns";
import type { TableName } from "../statements/cursor";
import type { Statement } from "../statements/types";
import { glueColumns } from "./columns";
import { isIcebergCtas } from "./ctas";
import { isIceberg, readMetadata, withoutTrinoNotes } from "./metadata";

/** Others may commit at the same time; then their columns are settled with ours. */
const attempts = 5;

/** @param statement has run and succeeded */
export async function settle(session: CatalogSession, statement: Statement): Promise<void> {
    if (statement.kind === "maintenance") return settleColumns(session, statement.table);
    if (statement.kind === "ctas" && isIcebergCtas(statement)) return settleColumns(session, statement.table);
    if (statement.kind !== "engine") return;
    if (statement.target) await settleColumns(session, statement.target);
    if (statement.view) await rewrite(session, statement.view, settledView);
}

/** The columns of an Iceberg table, from its metadata; other tables have theirs already. */
export function settleColumns(session: CatalogSession, name: TableName): Promise<void> {
    return rewrite(session, name, async (table) => {
        if (!isIceberg(table)) return undefined;
        const columns = glueColumns(await readMetadata(session, table));
        return {
            ...tableInputOf(table),
            StorageDescriptor: { ...table.StorageDescriptor, Columns: columns },
            Parameters: withoutTrinoNotes(table),
        };
    });
}

function settledView(table: Table): Promise<TableInput | undefined> {
    const Columns = viewColumns(table);
    const input = { ...tableInputOf(table), StorageDescriptor: { ...table.StorageDescriptor, Columns } };
    return Promise.resolve(Columns === undefined ? undefined : input);
}

/** @param change what the entry is to be; undefined leaves it as it is */
async function rewrite(
    session: CatalogSession,
    name: TableName,
    change: (table: Table) => Promise<TableInput | undefined>,
): Promise<void> {
    for (let attempt = 1; ; attempt++) {
        const table = await findTable(session, name);
        const input = table && (await change(table));
        if (!input || isDeepStrictEqual(input, tableInputOf(table))) return;
        try {
            await session.glue.send(
                new UpdateTableCommand({
                    DatabaseName: databaseOf(session, name),
                    VersionId: table.VersionId,
                    SkipArchive: true,
                    TableInput: input,
                }),
            );
            return;
        } catch (error) {
            if (!(error instanceof ConcurrentModificationException) || attempt === attempts) throw error;
        }
    }
}
