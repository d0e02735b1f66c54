/**
 * What changes of the catalog tell EventBridge.
 * @see https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
 */
import type {
    BatchCreatePartitionRequest,
    BatchDeletePartitionRequest,
    BatchDeleteTableRequest,
    BatchUpdatePartitionRequest,
    CreateDatabaseRequest,
    CreatePartitionRequest,
    CreateTableRequest,
    DeleteDatabaseRequest,
    DeletePartitionRequest,
    DeleteTableRequest,
    UpdatePartitionRequest,
    UpdateTableRequest,
} from "@aws-sdk/client-glue";
import type { Operations } from "../../protocol/operations";
import type { ServiceEvent } from "../../serviceEvents";

/** One operation's change: of a database and tables in it, or of one table and partitions of it. */
export interface CatalogChange {
    readonly operation: string;
    readonly database: string;
    readonly tables?: readonly string[];
    /** Values of each partition; given for a change of one table, be it of none of its partitions. */
    readonly partitions?: readonly (readonly string[])[];
}

/** Names in one event; what is more is told by further ones. */
const mostNames = 100;

export function catalogEvents(change: CatalogChange, arn: (resource: string) => string): ServiceEvent[] {
    const { operation: typeOfChange, partitions, tables = [] } = change;
    const databaseName = change.database.toLowerCase();
    const names = tables.map((name) => name.toLowerCase());
    if (partitions !== undefined) {
        const [tableName = ""] = names;
        return inParts(partitions.map((values) => `[${values.join(", ")}]`)).map((changedPartitions) => ({
            source: "aws.glue",
            detailType: "Glue Data Catalog Table State Change",
            resources: [arn(`table/${databaseName}/${tableName}`)],
            detail: { databaseName, changedPartitions, typeOfChange, tableName },
        }));
    }
    return inParts(names).map((changedTables) => ({
        source: "aws.glue",
        detailType: "Glue Data Catalog Database State Change",
        resources:
            changedTables.length === 0
                ? [arn(`database/${databaseName}`)]
                : changedTables.map((name) => arn(`table/${databaseName}/${name}`)),
        detail: { databaseName, typeOfChange, changedTables },
    }));
}

/** The operations, each of which tells what it has changed once it has. */
export function telling(operations: Operations, tell: (change: CatalogChange) => void): Operations {
    const telling = Object.entries(changes).map(([name, changeOf]) => {
        const operation = operations[name]!;
        const told = async (input: object) => {
            const answer = await operation(input);
            const change = changeOf(input, answer);
            if (change !== undefined) tell({ operation: name, ...change });
            return answer;
        };
        return [name, told] as const;
    });
    return { ...operations, ...Object.fromEntries(telling) };
}

type Told = Omit<CatalogChange, "operation"> | undefined;

/** Items of a batch that failed. */
interface Errors {
    Errors?: { TableName?: string; PartitionValues?: string[]; PartitionValueList?: string[] }[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the table holds operations of unlike inputs
const changes: Record<string, (input: any, answer: Errors) => Told> = {
    CreateDatabase: ({ DatabaseInput }: CreateDatabaseRequest) => ({ database: DatabaseInput?.Name ?? "" }),
    DeleteDatabase: ({ Name }: DeleteDatabaseRequest) => ({ database: Name ?? "" }),
    CreateTable: ({ DatabaseName = "", TableInput, OpenTableFormatInput, Name }: CreateTableRequest) => {
        const name = TableInput?.Name ?? (OpenTableFormatInput === undefined ? undefined : Name);
        return { database: DatabaseName, tables: [name ?? ""] };
    },
    DeleteTable: ({ DatabaseName = "", Name = "" }: DeleteTableRequest) => ({ database: DatabaseName, tables: [Name] }),
    BatchDeleteTable: ({ DatabaseName = "", TablesToDelete = [] }: BatchDeleteTableRequest, { Errors = [] }) => {
        const failed = new Set(Errors.map(({ TableName }) => TableName));
        const tables = TablesToDelete.filter((name) => !failed.has(name));
        return tables.length === 0 ? undefined : { database: DatabaseName, tables };
    },
    UpdateTable: ({ DatabaseName = "", TableInput, Name = "" }: UpdateTableRequest) =>
        ofTable({ DatabaseName, TableName: TableInput?.Name ?? Name }, []),
    CreatePartition: (input: CreatePartitionRequest) => ofTable(input, [input.PartitionInput?.Values ?? []]),
    UpdatePartition: (input: UpdatePartitionRequest) => ofTable(input, [input.PartitionValueList ?? []]),
    DeletePartition: (input: DeletePartitionRequest) => ofTable(input, [input.PartitionValues ?? []]),
    BatchCreatePartition: (input: BatchCreatePartitionRequest, answer) =>
        ofBatch(
            input,
            answer,
            (input.PartitionInputList ?? []).map(({ Values = [] }) => Values),
        ),
    BatchUpdatePartition: (input: BatchUpdatePartitionRequest, answer) =>
        ofBatch(
            input,
            answer,
            (input.Entries ?? []).map(({ PartitionValueList = [] }) => PartitionValueList),
        ),
    BatchDeletePartition: (input: BatchDeletePartitionRequest, answer) =>
        ofBatch(
            input,
            answer,
            (input.PartitionsToDelete ?? []).map(({ Values = [] }) => Values),
        ),
};

interface OfTable {
    DatabaseName?: string | undefined;
    TableName?: string | undefined;
}

function ofTable({ DatabaseName = "", TableName = "" }: OfTable, partitions: readonly (readonly string[])[]): Told {
    return { database: DatabaseName, tables: [TableName], partitions };
}

function ofBatch(input: OfTable, { Errors = [] }: Errors, all: readonly (readonly string[])[]): Told {
    const key = (values: readonly string[] = []) => JSON.stringify(values);
    const failed = new Set(
        Errors.map(({ PartitionValues, PartitionValueList }) => key(PartitionValues ?? PartitionValueList)),
    );
    const partitions = all.filter((values) => !failed.has(key(values)));
    return partitions.length === 0 ? undefined : ofTable(input, partitions);
}

function inParts(names: readonly string[]): string[][] {
    const count = Math.max(1, Math.ceil(names.length / mostNames));
    return Array.from({ length: count }, (_, part) => names.slice(part * mostNames, (part + 1) * mostNames));
}
