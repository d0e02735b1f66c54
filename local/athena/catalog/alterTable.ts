/** ALTER TABLE of Hive tables and Iceberg tables, but of their lists of partitions. */
import { EntityNotFoundException, UpdateTableCommand, type Table, type TableInput } from "@aws-sdk/client-glue";
import { QueryFault } from "../executions/faults";
import { isIceberg } from "../iceberg/metadata";
import { parseS3 } from "../results/location";
import type { HiveColumn, TableChange } from "../statements/types";
import { alterIcebergTable } from "./alterIcebergTable";
import { alterPartition, renamePartition } from "./partitions";
import { done, getTable, glueColumn, tableInputOf, type CatalogSession, type TextResult } from "./shared";

/** @throws QueryFault where Athena fails the statement */
export async function alterTable(session: CatalogSession, action: TableChange): Promise<TextResult> {
    const table = await getTable(session, action.name);
    if (table.TableType === "VIRTUAL_VIEW") {
        throw QueryFault.ofUser(
            "FAILED: SemanticException [Error 10132]: To alter a view you need to use the ALTER VIEW command.",
        );
    }
    if (isIceberg(table)) await alterIcebergTable(session, table, action);
    else await alterHiveTable(session, table, action);
    return done;
}

async function alterHiveTable(session: CatalogSession, table: Table, action: TableChange): Promise<void> {
    switch (action.do) {
        case "addColumns":
        case "replaceColumns":
        case "setLocation": {
            const change = storageChange(table, action);
            if (action.partition) return alterPartition(session, table, action.partition, change);
            return update(session, table, { StorageDescriptor: change(table.StorageDescriptor ?? {}) });
        }
        case "changeColumn":
            return update(session, table, { StorageDescriptor: changeColumn(table, action) });
        case "renamePartition":
            return renamePartition(session, table, action);
        case "setProperties":
            return update(session, table, { Parameters: { ...table.Parameters, ...action.properties } });
        case "unsetProperties":
            return update(session, table, { Parameters: withoutProperties(table, action) });
        case "dropColumn":
            throw QueryFault.ofUser(
                "FAILED: SemanticException DROP COLUMN is for Iceberg tables; " +
                    "REPLACE COLUMNS leaves out a column of other tables",
            );
        case "renameTable":
            throw QueryFault.ofUser("FAILED: SemanticException RENAME TO is supported for Iceberg tables only");
    }
}

type Storage = NonNullable<Table["StorageDescriptor"]>;

/** What is done to the storage of a table or of one of its partitions. */
function storageChange(
    table: Table,
    action: Extract<TableChange, { do: "addColumns" | "replaceColumns" | "setLocation" }>,
): (storage: Storage) => Storage {
    if (action.do === "setLocation") {
        const { location } = action;
        if (parseS3(location) === undefined) {
            throw QueryFault.ddl(`MetaException(message:The location '${location}' must be an S3 path, s3://…)`);
        }
        return (storage) => ({ ...storage, Location: location });
    }
    refuseDates(action.columns);
    if (action.do === "replaceColumns") refuseSerde(table);
    return (storage) => {
        const kept = action.do === "addColumns" ? (storage.Columns ?? []) : [];
        const names = [...kept, ...(table.PartitionKeys ?? [])].map(({ Name = "" }) => Name);
        for (const { name } of action.columns) {
            if (names.includes(name)) throw QueryFault.ddl(`Duplicate column name: ${name}`);
            names.push(name);
        }
        return { ...storage, Columns: [...kept, ...action.columns.map(glueColumn)] };
    };
}

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-add-columns.html */
function refuseDates(columns: readonly HiveColumn[]): void {
    const date = columns.find(({ type }) => type === "date");
    if (date) {
        throw QueryFault.ofUser(
            `FAILED: SemanticException Athena does not add columns of type date to a table: ${date.name}. Use timestamp`,
        );
    }
}

/** Those whose columns are told by their places or names in the files, by Hive's own list. */
const replaceable = /\.(?:LazySimpleSerDe|ColumnarSerDe|ParquetHiveSerDe|OrcSerde)$/;

function refuseSerde({ Name, StorageDescriptor }: Table): void {
    if (replaceable.test(StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? "")) return;
    throw QueryFault.ddl(`Replace columns is not supported for table ${Name}. SerDe may be incompatible.`);
}

function changeColumn(table: Table, action: Extract<TableChange, { do: "changeColumn" }>): Storage {
    const { from, column, position } = action;
    const columns = table.StorageDescriptor?.Columns ?? [];
    const old = columns.find(({ Name }) => Name === from);
    if (!old) throw QueryFault.ddl(`Invalid column reference ${from}`);
    const others = [...columns, ...(table.PartitionKeys ?? [])].filter((one) => one !== old);
    if (others.some(({ Name }) => Name === column.name)) throw QueryFault.ddl(`Duplicate column name: ${column.name}`);
    const changed = { ...old, ...glueColumn({ ...column, comment: column.comment ?? old.Comment }) };
    const rest = columns.filter((one) => one !== old);
    let at = position ? 0 : columns.indexOf(old);
    if (position?.after !== undefined) {
        at = rest.findIndex(({ Name }) => Name === position.after) + 1;
        if (at === 0) throw QueryFault.ddl(`Invalid column reference ${position.after}`);
    }
    return { ...table.StorageDescriptor, Columns: rest.toSpliced(at, 0, changed) };
}

function withoutProperties(
    { Parameters = {} }: Table,
    { properties, ifExists }: Extract<TableChange, { do: "unsetProperties" }>,
): Record<string, string> {
    if (!ifExists && properties.some((name) => !Object.hasOwn(Parameters, name))) {
        throw QueryFault.ofUser(
            "FAILED: SemanticException [Error 10215]: Please use the following syntax if not sure whether the property " +
                "existed or not:\nALTER TABLE tableName UNSET TBLPROPERTIES IF EXISTS (key1, key2, ...)\n",
        );
    }
    return Object.fromEntries(Object.entries(Parameters).filter(([name]) => !properties.includes(name)));
}

async function update(session: CatalogSession, table: Table, change: Partial<TableInput>): Promise<void> {
    try {
        await session.glue.send(
            new UpdateTableCommand({
                DatabaseName: table.DatabaseName,
                TableInput: { ...tableInputOf(table), ...change },
            }),
        );
    } catch (error) {
        if (!(error instanceof EntityNotFoundException)) throw error;
        throw QueryFault.ddl(`Unable to alter table. ${error.message}`);
    }
}
