/** Runs a query in Athena to its end: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
import {
    GetQueryExecutionCommand,
    StartQueryExecutionCommand,
    StopQueryExecutionCommand,
    paginateGetQueryResults,
    type QueryExecution,
} from "@aws-sdk/client-athena";
import type { Clients } from "./clients";
import { chargedBytes, queryCost, type StatementType } from "./cost/athena";
import { Cancelled, StepFailure } from "./errors";
import type { Column } from "./format";
import { poll } from "./poll";

export interface AthenaTarget {
    readonly workgroup: string;
    readonly database: string;
}

export interface Statement {
    /** What it is called in messages. */
    readonly name: string;
    readonly sql: string;
    /** The literals of its `?` in their order. @default none */
    readonly parameters?: readonly string[];
    /** Minutes that an earlier result may be old to be taken for this one's. @default none is taken */
    readonly reuseMinutes?: number;
}

export interface ResultColumn extends Column {
    /** Athena's type name, e.g. "decimal". */
    readonly type: string;
    /** The same with its digits, e.g. "decimal(38,2)". */
    readonly fullType: string;
}

export interface Answer {
    readonly queryId: string;
    readonly columns: readonly ResultColumn[];
    /** Text as Athena gives it; null for NULL. */
    readonly rows: readonly (readonly (string | null)[])[];
    /** Rows that a CTAS wrote. */
    readonly rowsWritten?: number;
    /** Engine and queue, as Athena measured it. */
    readonly seconds: number;
    readonly bytesScanned: number;
    /** Whether it is the result of an earlier query: nothing was scanned, and nothing is charged. */
    readonly reused: boolean;
    readonly bytesCharged: number;
    /** Dollars. */
    readonly cost: number;
}

const timeoutSeconds = 30 * 60;
const numericTypes = ["tinyint", "smallint", "integer", "bigint", "float", "double", "decimal"];

/**
 * Runs one statement and fetches all of its rows; on Ctrl-C the query is stopped.
 * @throws StepFailure with the query id and Athena's reason
 */
export async function runQuery(
    clients: Clients,
    target: AthenaTarget,
    { name, sql, parameters = [], reuseMinutes }: Statement,
    signal: AbortSignal,
): Promise<Answer> {
    const started = await clients.athena.send(
        new StartQueryExecutionCommand({
            QueryString: sql,
            WorkGroup: target.workgroup,
            QueryExecutionContext: { Database: target.database },
            // AWS refuses an empty list.
            ExecutionParameters: parameters.length > 0 ? [...parameters] : undefined,
            ResultReuseConfiguration:
                reuseMinutes === undefined
                    ? undefined
                    : { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes } },
        }),
    );
    const queryId = started.QueryExecutionId!;
    const execution = await finish(clients, name, queryId, signal);
    const statement = execution.StatementType as StatementType;
    const statistics = execution.Statistics!;
    const scanned = statistics.DataScannedInBytes ?? 0;
    const reused = statistics.ResultReuseInformation?.ReusedPreviousResult === true;
    return {
        queryId,
        ...(await results(clients, queryId)),
        seconds: (statistics.TotalExecutionTimeInMillis ?? 0) / 1000,
        bytesScanned: scanned,
        reused,
        bytesCharged: reused ? 0 : chargedBytes(scanned, statement),
        cost: reused ? 0 : queryCost(scanned, statement),
    };
}

async function finish(clients: Clients, name: string, queryId: string, signal: AbortSignal): Promise<QueryExecution> {
    const { athena } = clients;
    const end = async (): Promise<QueryExecution | undefined> => {
        const { QueryExecution: execution } = await athena.send(
            new GetQueryExecutionCommand({ QueryExecutionId: queryId }),
        );
        const state = execution!.Status!.State!;
        return state === "SUCCEEDED" || state === "FAILED" || state === "CANCELLED" ? execution : undefined;
    };
    let execution: QueryExecution;
    try {
        execution = await poll(end, {
            what: `query ${queryId} (${name})`,
            timeoutSeconds,
            signal,
            initialMs: 50,
            maxMs: 2000,
        });
    } catch (error) {
        if (!signal.aborted) throw error;
        await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: queryId }));
        throw new Cancelled(`Query ${queryId} (${name}) was stopped; a table it was creating has not come into being.`);
    }
    const { State, StateChangeReason, AthenaError } = execution.Status!;
    if (State === "SUCCEEDED") return execution;
    throw new StepFailure(`Query ${queryId} (${name}) ended ${State}.`, {
        reason: StateChangeReason ?? AthenaError?.ErrorMessage,
    });
}

async function results(
    { athena }: Clients,
    queryId: string,
): Promise<Pick<Answer, "columns" | "rows" | "rowsWritten">> {
    let columns: ResultColumn[] = [];
    const rows: (string | null)[][] = [];
    let rowsWritten: number | undefined;
    let first = true;
    for await (const page of paginateGetQueryResults({ client: athena }, { QueryExecutionId: queryId })) {
        const info = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
        const found = (page.ResultSet?.Rows ?? []).map((row) =>
            info.map((_, index) => row.Data?.[index]?.VarCharValue ?? null),
        );
        if (first) {
            columns = info.map((column) => ({
                title: column.Name!,
                type: column.Type!,
                fullType: column.Type === "decimal" ? `decimal(${column.Precision},${column.Scale})` : column.Type!,
                numeric: numericTypes.includes(column.Type!),
            }));
            rowsWritten = page.UpdateCount;
            // The first page of a SELECT starts with the column names.
            if (found[0]?.every((cell, index) => cell === info[index]!.Name)) found.shift();
            first = false;
        }
        rows.push(...found);
    }
    return { columns, rows, rowsWritten };
}
