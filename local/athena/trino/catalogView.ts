/**
 * The Glue catalog as Trino is shown it. Trino takes a view for its own only by the comment that it gave it, and puts a
 * table's description in the comment's place; Athena's views may be described in the catalog and stay what they are.
 */
import type { GetTableResponse, GetTablesResponse, Table } from "@aws-sdk/client-glue";
import type { Credentials } from "../../calls";
import type { LocalService, Operation } from "../../protocol/operations";

/** @param engine by which the engine signs @returns the Glue service, with answers of its own for the engine */
export function withEngineView(glue: LocalService, engine: Credentials): LocalService {
    const { GetTable, GetTables } = glue.operations as Record<"GetTable" | "GetTables", Operation>;
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
    };
    return {
        ...glue,
        operationsFor: (accessKeyId) => (accessKeyId === engine.accessKeyId ? forEngine : glue.operations),
    };
}

function asTrinoWroteIt(table: Table): Table {
    const { TableType, Parameters } = table;
    if (TableType !== "VIRTUAL_VIEW" || Parameters?.["presto_view"] !== "true") return table;
    return { ...table, Description: undefined, Parameters: { ...Parameters, comment: "Presto View" } };
}
