/** What the statements on the catalog share. */
import {
    EntityNotFoundException,
    GetTableCommand,
    type Column,
    type GlueClient,
    type Table,
    type TableInput,
} from "@aws-sdk/client-glue";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ColumnInfo } from "@aws-sdk/client-athena";
import { QueryFault } from "../executions/faults";
import { textColumn } from "../results/columns";
import type { TableName } from "../statements/cursor";
import type { HiveColumn } from "../statements/types";

export interface CatalogSession {
    readonly glue: GlueClient;
    readonly s3: S3Client;
    /** Of names without one. */
    readonly database: string;
}

/** A statement's answer: lines of text. */
export interface TextResult {
    readonly columns: readonly ColumnInfo[];
    readonly lines: readonly string[];
}

export function answer(lines: readonly string[], ...columns: string[]): TextResult {
    return { columns: columns.map(textColumn), lines };
}

export const done: TextResult = { columns: [], lines: [] };

export function databaseOf(session: CatalogSession, name: TableName): string {
    return name.database ?? session.database;
}

export function noDatabase(name: string): QueryFault {
    return QueryFault.ofUser(`FAILED: SemanticException [Error 10072]: Database does not exist: ${name}`);
}

/** @throws QueryFault where there is none of the name */
export async function getTable(session: CatalogSession, name: TableName): Promise<Table> {
    const table = await findTable(session, name);
    if (!table) {
        throw QueryFault.ofUser(
            `FAILED: SemanticException [Error 10001]: Table not found ${databaseOf(session, name)}.${name.table}`,
        );
    }
    return table;
}

export async function findTable(session: CatalogSession, name: TableName): Promise<Table | undefined> {
    try {
        const found = await session.glue.send(
            new GetTableCommand({ DatabaseName: databaseOf(session, name), Name: name.table }),
        );
        return found.Table;
    } catch (error) {
        if (error instanceof EntityNotFoundException) return undefined;
        throw error;
    }
}

/** What a table consists of, to be written back in part: UpdateTable replaces the whole. */
export function tableInputOf(table: Table): TableInput {
    return {
        Name: table.Name,
        Description: table.Description,
        Owner: table.Owner,
        LastAccessTime: table.LastAccessTime,
        LastAnalyzedTime: table.LastAnalyzedTime,
        Retention: table.Retention,
        StorageDescriptor: table.StorageDescriptor,
        PartitionKeys: table.PartitionKeys,
        ViewOriginalText: table.ViewOriginalText,
        ViewExpandedText: table.ViewExpandedText,
        TableType: table.TableType,
        Parameters: table.Parameters,
    };
}

export function glueColumn({ name, type, comment }: HiveColumn): Column {
    return { Name: name, Type: type, Comment: comment };
}

/** A text as a Hive statement has it. */
export const literal = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Gathers the pages of a Glue list. */
export async function collect<T>(
    page: (token: string | undefined) => Promise<{ items?: T[]; next?: string }>,
): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    do {
        const { items, next } = await page(token);
        all.push(...(items ?? []));
        token = next;
    } while (token !== undefined && token !== "");
    return all;
}
