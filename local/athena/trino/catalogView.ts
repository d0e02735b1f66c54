/**
 * The Glue catalog as Trino is shown it. It knows no grok, and is shown the regular expression that a pattern stands for. It takes a view for its own only by the comment that it gave it, and puts a
 * table's description in the comment's place; Athena's views may be described in the catalog and stay what they are.
 */
import type {
    BatchGetPartitionResponse,
    GetPartitionResponse,
    GetPartitionsResponse,
    GetTableResponse,
    GetTablesResponse,
    Partition,
    StorageDescriptor,
    Table,
} from "@aws-sdk/client-glue";
import type { Credentials } from "../../calls";
import { grok } from "../../glue/crawlers/grok";
import type { LocalService, Operation } from "../../protocol/operations";

const grokSerde = "com.amazonaws.glue.serde.GrokSerDe";
const regexSerde = "org.apache.hadoop.hive.serde2.RegexSerDe";

/** @param engine by which the engine signs @returns the Glue service, with answers of its own for the engine */
export function withEngineView(glue: LocalService, engine: Credentials): LocalService {
    const { GetTable, GetTables, GetPartition, GetPartitions, BatchGetPartition } = glue.operations as Record<
        "GetTable" | "GetTables" | "GetPartition" | "GetPartitions" | "BatchGetPartition",
        Operation
    >;
    const forEngine = {
        ...glue.operations,
        GetTable: async (input: unknown) => {
            const answer = (await GetTable(input)) as GetTableResponse;
            return { ...answer, Table: answer.Table && asTrinoWroteIt(answer.Table) };
        },
        GetTables: async (input: unknown) => {
            const answer = (await GetTables(input)) as GetTablesResponse;
            return { ...answer, TableList: answer.TableList?.map(asTrinoWroteIt) };
        },
        GetPartition: async (input: unknown) => {
            const answer = (await GetPartition(input)) as GetPartitionResponse;
            return { ...answer, Partition: answer.Partition && withRegex(answer.Partition) };
        },
        GetPartitions: async (input: unknown) => {
            const answer = (await GetPartitions(input)) as GetPartitionsResponse;
            return { ...answer, Partitions: answer.Partitions?.map(withRegex) };
        },
        BatchGetPartition: async (input: unknown) => {
            const answer = (await BatchGetPartition(input)) as BatchGetPartitionResponse;
            return { ...answer, Partitions: answer.Partitions?.map(withRegex) };
        },
    };
    return {
        ...glue,
        operationsFor: (accessKeyId) => (accessKeyId === engine.accessKeyId ? forEngine : glue.operations),
    };
}

function asTrinoWroteIt(table: Table): Table {
    const { TableType, Parameters } = table;
    if (TableType !== "VIRTUAL_VIEW" || Parameters?.["presto_view"] !== "true") return withRegex(table);
    return { ...table, Description: undefined, Parameters: { ...Parameters, comment: "Presto View" } };
}

function withRegex<T extends Table | Partition>(entry: T): T {
    const { StorageDescriptor: storage } = entry;
    if (storage?.SerdeInfo?.SerializationLibrary !== grokSerde) return entry;
    return { ...entry, StorageDescriptor: { ...storage, SerdeInfo: regexOf(storage.SerdeInfo) } };
}

/** A pattern that is none is left to Trino, which refuses the SerDe. */
function regexOf(serde: NonNullable<StorageDescriptor["SerdeInfo"]>): StorageDescriptor["SerdeInfo"] {
    const { "input.format": pattern = "", "input.grokCustomPatterns": custom } = serde.Parameters ?? {};
    try {
        const { source } = grok(pattern, custom).expression;
        // A pattern is looked for anywhere in the line, an expression has to match all of it.
        return { SerializationLibrary: regexSerde, Parameters: { "input.regex": `.*?(?:${source}).*` } };
    } catch {
        return serde;
    }
}
