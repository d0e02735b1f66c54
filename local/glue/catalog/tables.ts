/** Tables. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html */
import type {
    BatchDeleteTableRequest,
    CreateTableRequest,
    DeleteTableRequest,
    GetTableRequest,
    GetTablesRequest,
    StorageDescriptor,
    TableInput,
    UpdateTableRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { wholeText, type Pattern } from "../../patterns";
import { pageOf } from "../../protocol/pages";
import { requireMembers } from "../../protocol/validation";
import { nowSeconds, type Wire } from "../../protocol/wire";
import { createIcebergTable } from "./iceberg";
import { newIndex } from "./indexes";
import { nameOf, own, refuseMembers, type Catalog, type StoredTable } from "./state";

const largestPage = 100;

export function tableOperations(catalog: Catalog): Operations {
    return {
        CreateTable: async (input: CreateTableRequest) => {
            refuseMembers(input, "TransactionId");
            if (input.OpenTableFormatInput?.IcebergInput === undefined) {
                requireMembers(input, "TableInput");
                createTable(catalog, input);
            } else {
                await createIcebergTable(catalog, input);
            }
            return {};
        },
        GetTable: (input: GetTableRequest) => {
            refuseMembers(input, "TransactionId", "QueryAsOfTime");
            return { Table: catalog.table(input, input.DatabaseName, input.Name).table };
        },
        GetTables: (input: GetTablesRequest) => {
            refuseMembers(input, "TransactionId", "QueryAsOfTime");
            const wanted = namePattern(input.Expression);
            const tables = Object.values(catalog.tablesOf(catalog.database(input, input.DatabaseName)))
                .map((entry) => entry.table)
                .filter((table) => wanted.test(table.Name))
                .sort((a, b) => (a.Name < b.Name ? -1 : 1));
            const page = pageOf(tables, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
            const namesOnly = input.AttributesToGet?.includes("NAME") ?? false;
            const items = namesOnly ? page.items.map(({ Name, DatabaseName }) => ({ Name, DatabaseName })) : page.items;
            return { TableList: items, NextToken: page.nextToken };
        },
        UpdateTable: (input: UpdateTableRequest) => {
            refuseMembers(input, "TransactionId", "UpdateOpenTableFormatInput", "ViewUpdateAction");
            requireMembers(input, "TableInput");
            updateTable(catalog, input);
            return {};
        },
        DeleteTable: (input: DeleteTableRequest) => {
            refuseMembers(input, "TransactionId");
            catalog.removeTable(catalog.table(input, input.DatabaseName, input.Name));
            return {};
        },
        BatchDeleteTable: (input: BatchDeleteTableRequest) => {
            catalog.database(input, input.DatabaseName);
            const errors = (input.TablesToDelete ?? []).flatMap((name) => {
                try {
                    catalog.removeTable(catalog.table(input, input.DatabaseName, name));
                    return [];
                } catch (error) {
                    if (!(error instanceof AwsError)) throw error;
                    return [{ TableName: name, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } }];
                }
            });
            return { Errors: errors };
        },
    };
}

/** @throws EntityNotFoundException, AlreadyExistsException, InvalidInputException */
export function createTable(catalog: Catalog, input: CreateTableRequest): void {
    const database = catalog.database(input, input.DatabaseName);
    const given = input.TableInput as Wire<TableInput>;
    const name = refuseExisting(catalog, input, given.Name);
    const tables = catalog.tablesOf(database);
    const state = { created: nowSeconds(), version: "0" };
    const table = stored(catalog, database.Name ?? "", name, given, state);
    const indexes = (input.PartitionIndexes ?? []).map((index) => newIndex(table, index));
    tables[name] = { table, versions: [], indexes, statistics: {} };
    catalog.changed();
}

/** @returns the name as the catalog keeps it. @throws AlreadyExistsException, EntityNotFoundException, InvalidInputException */
export function refuseExisting(catalog: Catalog, input: CreateTableRequest, table: string | undefined): string {
    const database = catalog.database(input, input.DatabaseName);
    const name = nameOf("Table name", table);
    if (own(catalog.tablesOf(database), name) !== undefined) {
        throw new AwsError("AlreadyExistsException", `Table already exists: ${database.Name}.${name}`);
    }
    return name;
}

/** @throws EntityNotFoundException, ConcurrentModificationException, InvalidInputException */
export function updateTable(catalog: Catalog, input: UpdateTableRequest): void {
    const given = input.TableInput as Wire<TableInput>;
    const entry = catalog.table(input, input.DatabaseName, given.Name);
    const before = entry.table;
    if (input.VersionId !== undefined && input.VersionId !== before.VersionId) {
        throw new AwsError(
            "ConcurrentModificationException",
            `Update table failed due to concurrent modifications: ${before.Name} is at version ${before.VersionId}, not ${input.VersionId}.`,
        );
    }
    const version = String(Number(before.VersionId) + 1);
    const created = before.CreateTime ?? nowSeconds();
    entry.table = stored(catalog, before.DatabaseName, before.Name, given, { created, version });
    if (!(input.SkipArchive ?? false)) entry.versions.push(before);
    catalog.changed();
}

function stored(
    catalog: Catalog,
    database: string,
    name: string,
    given: Wire<TableInput>,
    state: { created: number; version: string },
): StoredTable {
    refuseMembers(given, "TargetTable", "ViewDefinition");
    return {
        Name: name,
        DatabaseName: database,
        Description: given.Description,
        Owner: given.Owner,
        CreateTime: state.created,
        UpdateTime: nowSeconds(),
        LastAccessTime: given.LastAccessTime,
        LastAnalyzedTime: given.LastAnalyzedTime,
        Retention: given.Retention ?? 0,
        StorageDescriptor: given.StorageDescriptor && withDefaults(given.StorageDescriptor),
        PartitionKeys: given.PartitionKeys ?? [],
        ViewOriginalText: given.ViewOriginalText,
        ViewExpandedText: given.ViewExpandedText,
        TableType: given.TableType,
        Parameters: given.Parameters,
        CreatedBy: `arn:aws:iam::${catalog.account}:root`,
        IsRegisteredWithLakeFormation: false,
        CatalogId: catalog.account,
        VersionId: state.version,
    };
}

/** AWS answers these three always: they are primitives in its model. */
export function withDefaults(descriptor: Wire<StorageDescriptor>): Wire<StorageDescriptor> {
    return { Compressed: false, NumberOfBuckets: 0, StoredAsSubDirectories: false, ...descriptor };
}

/**
 * GetTables' Expression is a Java regular expression over the whole name, to AWS; but a `*` with nothing before it that it
 * could repeat stands for any characters, as in Hive's patterns: `sales_*`.
 */
function namePattern(expression: string | undefined): Pattern {
    const source = (expression ?? "").replace(/(?<![.)\]])\*/g, ".*");
    const pattern = wholeText(source === "" ? ".*" : source, true);
    if ("test" in pattern) return pattern;
    throw new AwsError("InvalidInputException", `Expression is not a regular expression: ${pattern.reason}`);
}
