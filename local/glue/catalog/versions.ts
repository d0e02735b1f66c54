/** Versions of tables: every update archives the table before it, unless it says SkipArchive. */
import type {
    BatchDeleteTableVersionRequest,
    DeleteTableVersionRequest,
    GetTableVersionRequest,
    GetTableVersionsRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import type { Catalog, StoredTable, TableEntry } from "./state";

const largestPage = 100;

export function versionOperations(catalog: Catalog): Operations {
    return {
        GetTableVersions: (input: GetTableVersionsRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const size = Math.min(input.MaxResults ?? largestPage, largestPage);
            const page = pageOf(newestFirst(entry).map(shown), input.NextToken, size);
            return { TableVersions: page.items, NextToken: page.nextToken };
        },
        GetTableVersion: (input: GetTableVersionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const wanted = input.VersionId ?? entry.table.VersionId;
            const found = newestFirst(entry).find((table) => table.VersionId === wanted);
            if (found === undefined) throw noVersion(input.TableName, wanted);
            return { TableVersion: shown(found) };
        },
        DeleteTableVersion: (input: DeleteTableVersionRequest) => {
            remove(catalog, catalog.table(input, input.DatabaseName, input.TableName), input.VersionId ?? "");
            return {};
        },
        BatchDeleteTableVersion: (input: BatchDeleteTableVersionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const errors = (input.VersionIds ?? []).flatMap((version) => {
                try {
                    remove(catalog, entry, version);
                    return [];
                } catch (error) {
                    if (!(error instanceof AwsError)) throw error;
                    const detail = { ErrorCode: error.code, ErrorMessage: error.message };
                    return [{ TableName: entry.table.Name, VersionId: version, ErrorDetail: detail }];
                }
            });
            return { Errors: errors };
        },
    };
}

function newestFirst(entry: TableEntry): StoredTable[] {
    return [...entry.versions, entry.table].reverse();
}

function shown(table: StoredTable): object {
    return { Table: table, VersionId: table.VersionId };
}

function remove(catalog: Catalog, entry: TableEntry, version: string): void {
    if (version === entry.table.VersionId) {
        throw new AwsError("InvalidInputException", `Version ${version} of ${entry.table.Name} is the current one.`);
    }
    const index = entry.versions.findIndex((table) => table.VersionId === version);
    if (index < 0) throw noVersion(entry.table.Name, version);
    entry.versions.splice(index, 1);
    catalog.changed();
}

function noVersion(table: string | undefined, version: string): AwsError {
    return new AwsError("EntityNotFoundException", `Version ${version} of table ${table} not found.`);
}
