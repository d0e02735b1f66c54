/**
 * The Glue catalog as Trino is shown it.
 *
 * Trino takes a view for its own only by the comment that it gave it, and puts a table's description in the comment's place; Athena's views
 * may be described in the catalog and stay what they are. Of grok it knows nothing: it is shown the regular expression that a pattern stands for.
 */
import type {
    BatchGetPartitionResponse,
    GetPartitionResponse,
    GetPartitionsResponse,
    GetTableResponse,
    GetTablesResponse,
    Partition,
    SerDeInfo,
    Table,
} from "@aws-sdk/client-glue";
import type { Credentials } from "../../calls";
import { grok } from "../../grok";
import type { LocalService, Operation } from "../../protocol/operations";

const grokSerde = "com.amazonaws.glue.serde.GrokSerDe";
const regexSerde = "org.apache.hadoop.hive.serde2.RegexSerDe";

/** @param engine by which the engine signs @returns the Glue service, with answers of its own for the engine */
export function withEngineView(glue: LocalService, engine: Credentials): LocalService {
    const shown = <Answer extends object>(name: string, show: (answer: Answer) => Answer) => {
        const operation = glue.operations[name] as Operation;
        return async (input: unknown) => show((await operation(input)) as Answer);
    };
    const forEngine = {
        ...glue.operations,
        GetTable: shown<GetTableResponse>("GetTable", (answer) => ({
            ...answer,
            Table: answer.Table && tableForTrino(answer.Table),
        })),
        GetTables: shown<GetTablesResponse>("GetTables", (answer) => ({
            ...answer,
            TableList: answer.TableList?.map(tableForTrino),
        })),
        GetPartition: shown<GetPartitionResponse>("GetPartition", (answer) => ({
            ...answer,
            Partition: answer.Partition && withRegex(answer.Partition),
        })),
        ...Object.fromEntries(
            ["GetPartitions", "BatchGetPartition"].map((name) => [
                name,
                shown<GetPartitionsResponse | BatchGetPartitionResponse>(name, (answer) => ({
                    ...answer,
                    Partitions: answer.Partitions?.map(withRegex),
                })),
            ]),
        ),
    };
    return {
        ...glue,
        operationsFor: (accessKeyId) => (accessKeyId === engine.accessKeyId ? forEngine : glue.operations),
    };
}

function tableForTrino(table: Table): Table {
    const isView = table.TableType === "VIRTUAL_VIEW" && table.Parameters?.["presto_view"] === "true";
    return isView ? asTrinoWroteIt(table) : withRegex(table);
}

function asTrinoWroteIt(view: Table): Table {
    return { ...view, Description: undefined, Parameters: { ...view.Parameters, comment: "Presto View" } };
}

function withRegex<T extends Table | Partition>(entry: T): T {
    const { StorageDescriptor: storage } = entry;
    if (storage?.SerdeInfo?.SerializationLibrary !== grokSerde) return entry;
    return { ...entry, StorageDescriptor: { ...storage, SerdeInfo: regexOf(storage.SerdeInfo) } };
}

/** A pattern that is none is left to Trino, which refuses the SerDe. */
function regexOf(serde: SerDeInfo): SerDeInfo {
    const { "input.format": pattern = "", "input.grokCustomPatterns": custom } = serde.Parameters ?? {};
    try {
        const { source } = grok(pattern, custom).expression;
        // A pattern is looked for anywhere in the line, an expression has to match all of it.
        return { SerializationLibrary: regexSerde, Parameters: { "input.regex": `.*?(?:${source}).*` } };
    } catch {
        return serde;
    }
}
