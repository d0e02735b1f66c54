/** ALTER TABLE of Iceberg tables: https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-managing-tables.html */
import {
    AlreadyExistsException,
    CreateTableCommand,
    DeleteTableCommand,
    EntityNotFoundException,
    type Table,
} from "@aws-sdk/client-glue";
import { QueryFault } from "../executions/faults";
import { addColumns, changeColumn, dropColumn } from "../iceberg/evolve";
import { changeMetadata, type IcebergMetadata } from "../iceberg/metadata";
import { dataFormat, metadataNamesOf, toMetadata } from "../iceberg/properties";
import type { TableName } from "../statements/cursor";
import type { TableChange } from "../statements/types";
import { databaseOf, tableInputOf, type CatalogSession } from "./shared";

/** @throws QueryFault where Athena fails the statement */
export function alterIcebergTable(session: CatalogSession, table: Table, action: TableChange): Promise<void> {
    const change = (next: (metadata: IcebergMetadata) => IcebergMetadata) => changeMetadata(session, action.name, next);
    switch (action.do) {
        case "addColumns":
            if (action.partition) throw onlyHive("ADD COLUMNS of a partition");
            return change((metadata) => addColumns(metadata, action.columns));
        case "dropColumn":
            return change((metadata) => dropColumn(metadata, action.column));
        case "changeColumn":
            return change((metadata) => changeColumn(metadata, action.from, action.column, action.position));
        case "setProperties":
            return change((metadata) => ({
                ...metadata,
                properties: {
                    ...metadata.properties,
                    ...toMetadata(action.properties, dataFormat(metadata.properties)),
                },
            }));
        case "unsetProperties": {
            const names = action.properties.flatMap(metadataNamesOf);
            return change((metadata) => ({ ...metadata, properties: without(metadata.properties, names) }));
        }
        case "renameTable":
            return rename(session, table, action.to);
        case "replaceColumns":
            throw onlyHive("REPLACE COLUMNS", "; use CHANGE COLUMN");
        case "setLocation":
            throw onlyHive("SET LOCATION");
        case "renamePartition":
            throw onlyHive("RENAME TO PARTITION");
    }
}

function without(properties: IcebergMetadata["properties"], names: readonly string[]): Record<string, string> {
    return Object.fromEntries(Object.entries(properties ?? {}).filter(([name]) => !names.includes(name)));
}

/** Glue cannot rename: the entry is made again under the new name, as Iceberg's library does. Data and metadata stay. */
async function rename(session: CatalogSession, table: Table, to: TableName): Promise<void> {
    const database = databaseOf(session, to);
    try {
        await session.glue.send(
            new CreateTableCommand({ DatabaseName: database, TableInput: { ...tableInputOf(table), Name: to.table } }),
        );
    } catch (error) {
        if (error instanceof AlreadyExistsException) {
            throw QueryFault.ofUser(`TABLE_ALREADY_EXISTS: Table already exists: ${database}.${to.table}`);
        }
        if (!(error instanceof EntityNotFoundException)) throw error;
        throw QueryFault.ofUser(`SCHEMA_NOT_FOUND: Schema ${database} does not exist`);
    }
    await session.glue.send(new DeleteTableCommand({ DatabaseName: table.DatabaseName, Name: table.Name }));
}

function onlyHive(what: string, instead = ""): QueryFault {
    return QueryFault.ofUser(`NOT_SUPPORTED: ALTER TABLE ${what} is not supported for Iceberg tables${instead}`);
}
