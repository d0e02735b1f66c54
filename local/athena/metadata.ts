/** Data catalogs and table metadata: the Glue catalog as Athena's API shows it. */
import type * as athena from "@aws-sdk/client-athena";
import {
    EntityNotFoundException,
    GetDatabaseCommand,
    GetDatabasesCommand,
    GetTableCommand,
    GetTablesCommand,
    type Database,
    type GlueClient,
    type Table,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../protocol/operations";
import { invalid, required } from "./errors";

const catalogName = "AwsDataCatalog";

export function metadataOperations(glue: GlueClient): Operations {
    return {
        ListDataCatalogs: () => ({ DataCatalogsSummary: [{ CatalogName: catalogName, Type: "GLUE" }] }),
        GetDataCatalog: (input: athena.GetDataCatalogInput) => {
            checkCatalog(input.Name);
            return {
                DataCatalog: {
                    Name: catalogName,
                    Description: "The Glue catalog of the local AWS",
                    Type: "GLUE",
                    Parameters: {},
                },
            };
        },
        GetDatabase: async (input: athena.GetDatabaseInput) => {
            checkCatalog(input.CatalogName);
            const Name = required(input.DatabaseName, "databaseName");
            const found = await fromGlue(() => glue.send(new GetDatabaseCommand({ Name })));
            return { Database: describeDatabase(found.Database ?? { Name }) };
        },
        ListDatabases: async (input: athena.ListDatabasesInput) => {
            checkCatalog(input.CatalogName);
            const page = await fromGlue(() =>
                glue.send(new GetDatabasesCommand({ NextToken: input.NextToken, MaxResults: input.MaxResults })),
            );
            return { DatabaseList: (page.DatabaseList ?? []).map(describeDatabase), NextToken: page.NextToken };
        },
        GetTableMetadata: async (input: athena.GetTableMetadataInput) => {
            checkCatalog(input.CatalogName);
            const DatabaseName = required(input.DatabaseName, "databaseName");
            const Name = required(input.TableName, "tableName");
            const found = await fromGlue(() => glue.send(new GetTableCommand({ DatabaseName, Name })));
            return { TableMetadata: describeTable(found.Table ?? { Name }) };
        },
        ListTableMetadata: async (input: athena.ListTableMetadataInput) => {
            checkCatalog(input.CatalogName);
            const page = await fromGlue(() =>
                glue.send(
                    new GetTablesCommand({
                        DatabaseName: required(input.DatabaseName, "databaseName"),
                        Expression: input.Expression,
                        NextToken: input.NextToken,
                        MaxResults: input.MaxResults,
                    }),
                ),
            );
            return { TableMetadataList: (page.TableList ?? []).map(describeTable), NextToken: page.NextToken };
        },
    };
}

function checkCatalog(name: string | undefined): void {
    if (required(name, "catalogName").toLowerCase() !== catalogName.toLowerCase()) {
        throw invalid(`Catalog ${name} was not found: the local Athena has ${catalogName} alone.`);
    }
}

async function fromGlue<T>(call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (error instanceof EntityNotFoundException)
            throw new AwsError("MetadataException", `${error.name}: ${error.message}`);
        throw error;
    }
}

function describeDatabase({ Name, Description, Parameters }: Database): athena.Database {
    return { Name, Description, Parameters };
}

function describeTable(table: Table): athena.TableMetadata {
    const storage = table.StorageDescriptor ?? {};
    const serde = Object.entries(storage.SerdeInfo?.Parameters ?? {});
    const column = ({ Name, Type, Comment }: { Name?: string; Type?: string; Comment?: string }): athena.Column => ({
        Name,
        Type,
        Comment,
    });
    return {
        Name: table.Name,
        CreateTime: table.CreateTime,
        LastAccessTime: table.LastAccessTime,
        TableType: table.TableType,
        Columns: (storage.Columns ?? []).map(column),
        PartitionKeys: (table.PartitionKeys ?? []).map(column),
        Parameters: {
            ...table.Parameters,
            ...(storage.Location && { location: storage.Location }),
            ...(storage.InputFormat && { inputformat: storage.InputFormat }),
            ...(storage.OutputFormat && { outputformat: storage.OutputFormat }),
            ...(storage.SerdeInfo?.SerializationLibrary && {
                "serde.serialization.lib": storage.SerdeInfo.SerializationLibrary,
            }),
            ...Object.fromEntries(serde.map(([name, value]) => [`serde.param.${name}`, value])),
        },
    };
}
