/** Statements that make and drop databases and tables. */
import {
    AlreadyExistsException,
    CreateDatabaseCommand,
    CreateTableCommand,
    DeleteDatabaseCommand,
    DeleteTableCommand,
    EntityNotFoundException,
    GetDatabaseCommand,
    GetTablesCommand,
    UpdateDatabaseCommand,
} from "@aws-sdk/client-glue";
import { QueryFault } from "../executions/faults";
import { isIceberg } from "../iceberg/metadata";
import { parseS3 } from "../results/location";
import type { CatalogAction } from "../statements/types";
import { deleteData } from "./icebergTables";
import {
    databaseOf,
    done,
    findTable,
    getTable,
    glueColumn,
    noDatabase,
    type CatalogSession,
    type TextResult,
} from "./shared";

type Of<K extends CatalogAction["do"]> = Extract<CatalogAction, { do: K }>;

export async function createDatabase({ glue }: CatalogSession, action: Of<"createDatabase">): Promise<TextResult> {
    try {
        await glue.send(
            new CreateDatabaseCommand({
                DatabaseInput: {
                    Name: action.name,
                    Description: action.comment,
                    LocationUri: action.location,
                    Parameters: action.properties,
                },
            }),
        );
    } catch (error) {
        if (!(error instanceof AlreadyExistsException)) throw error;
        if (!action.ifNotExists) throw QueryFault.ddl(`Database ${action.name} already exists`);
    }
    return done;
}

export async function setDatabaseProperties(
    { glue }: CatalogSession,
    { name, properties }: Of<"setDatabaseProperties">,
): Promise<TextResult> {
    try {
        const { Database = { Name: name } } = await glue.send(new GetDatabaseCommand({ Name: name }));
        const { Name, Description, LocationUri, Parameters } = Database;
        const DatabaseInput = { Name, Description, LocationUri, Parameters: { ...Parameters, ...properties } };
        await glue.send(new UpdateDatabaseCommand({ Name, DatabaseInput }));
    } catch (error) {
        if (!(error instanceof EntityNotFoundException)) throw error;
        throw noDatabase(name);
    }
    return done;
}

export async function dropDatabase({ glue }: CatalogSession, action: Of<"dropDatabase">): Promise<TextResult> {
    const { name, cascade, ifExists } = action;
    try {
        const tables = await glue.send(new GetTablesCommand({ DatabaseName: name, MaxResults: 1 }));
        if (!cascade && (tables.TableList ?? []).length > 0) {
            throw QueryFault.ddl(
                `InvalidOperationException(message:Database ${name} is not empty. One or more tables exist.)`,
            );
        }
        // Glue deletes the tables of a database with it.
        await glue.send(new DeleteDatabaseCommand({ Name: name }));
    } catch (error) {
        if (!(error instanceof EntityNotFoundException)) throw error;
        if (!ifExists) throw noDatabase(name);
    }
    return done;
}

export async function createTable(session: CatalogSession, { table }: Of<"createTable">): Promise<TextResult> {
    if (table.properties["table_type"]?.toUpperCase() === "ICEBERG")
        throw QueryFault.ofUser("FAILED: SemanticException External keyword not supported for table type ICEBERG");
    if (parseS3(table.location) === undefined) {
        throw QueryFault.ddl(
            `MetaException(message:The location '${table.location}' must be an S3 path, s3://bucket/folder/)`,
        );
    }
    try {
        await session.glue.send(
            new CreateTableCommand({
                DatabaseName: databaseOf(session, table.name),
                TableInput: {
                    Name: table.name.table,
                    Owner: "hadoop",
                    TableType: "EXTERNAL_TABLE",
                    PartitionKeys: table.partitionKeys.map(glueColumn),
                    Parameters: {
                        EXTERNAL: "TRUE",
                        ...(table.comment === undefined ? {} : { comment: table.comment }),
                        ...table.properties,
                    },
                    StorageDescriptor: {
                        Columns: table.columns.map(glueColumn),
                        Location: table.location,
                        InputFormat: table.inputFormat,
                        OutputFormat: table.outputFormat,
                        Compressed: false,
                        NumberOfBuckets: -1,
                        SerdeInfo: { SerializationLibrary: table.serde, Parameters: { ...table.serdeParameters } },
                        StoredAsSubDirectories: false,
                    },
                },
            }),
        );
    } catch (error) {
        if (error instanceof EntityNotFoundException) {
            throw noDatabase(databaseOf(session, table.name));
        }
        if (!(error instanceof AlreadyExistsException)) throw error;
        if (!table.ifNotExists)
            throw QueryFault.ddl(`AlreadyExistsException(message:Table ${table.name.table} already exists.)`);
    }
    return done;
}

/** The table leaves the catalog. Its data stay where it is external, as all but Iceberg's tables are. */
export async function dropTable(session: CatalogSession, { name, ifExists }: Of<"dropTable">): Promise<TextResult> {
    const table = ifExists ? await findTable(session, name) : await getTable(session, name);
    if (!table) return done;
    if (table.TableType === "VIRTUAL_VIEW")
        throw QueryFault.ofUser("FAILED: SemanticException Cannot drop a view with DROP TABLE");
    await session.glue.send(new DeleteTableCommand({ DatabaseName: databaseOf(session, name), Name: name.table }));
    if (isIceberg(table)) await deleteData(session, table);
    return done;
}
