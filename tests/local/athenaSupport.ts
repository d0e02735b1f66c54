/** Queries on a local AWS by the SDK's Athena client, waited for. */
import { setTimeout as delay } from "node:timers/promises";
import {
    AthenaClient,
    GetQueryExecutionCommand,
    GetQueryResultsCommand,
    StartQueryExecutionCommand,
    StopQueryExecutionCommand,
    type QueryExecution,
    type StartQueryExecutionInput,
} from "@aws-sdk/client-athena";
import { localCredentials } from "../../local/context";
import type { LocalAws } from "../../local/control";

/** A query that would run for hours. */
export const endless =
    "SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) " +
    "CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE x * y * z % 7 = 3";

export class Queries {
    readonly client: AthenaClient;

    constructor(
        local: LocalAws,
        private readonly workGroup: string,
        private readonly database: string,
        /** Where results go; none where the workgroup says it. */
        private readonly location?: string,
    ) {
        this.client = new AthenaClient({
            endpoint: local.endpoint,
            region: local.region,
            credentials: localCredentials,
        });
    }

    async start(sql: string, more: Partial<StartQueryExecutionInput> = {}): Promise<string> {
        const { QueryExecutionId } = await this.client.send(
            new StartQueryExecutionCommand({
                QueryString: sql,
                WorkGroup: this.workGroup,
                QueryExecutionContext: { Database: this.database },
                ...(this.location === undefined ? {} : { ResultConfiguration: { OutputLocation: this.location } }),
                ...more,
            }),
        );
        return QueryExecutionId ?? "";
    }

    async get(id: string): Promise<QueryExecution> {
        const { QueryExecution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
        return QueryExecution ?? {};
    }

    async stop(id: string): Promise<void> {
        await this.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    }

    /** Waits until the execution's state is one of these. */
    async until(id: string, ...states: string[]): Promise<QueryExecution> {
        for (;;) {
            const execution = await this.get(id);
            if (states.includes(execution.Status?.State ?? "")) return execution;
            await delay(100);
        }
    }

    /** Runs to the end, whatever it is. */
    async run(sql: string, more: Partial<StartQueryExecutionInput> = {}): Promise<QueryExecution> {
        return this.until(await this.start(sql, more), "SUCCEEDED", "FAILED", "CANCELLED");
    }

    /** @throws with the reason when it does not succeed */
    async succeed(sql: string, more: Partial<StartQueryExecutionInput> = {}): Promise<QueryExecution> {
        const execution = await this.run(sql, more);
        if (execution.Status?.State === "SUCCEEDED") return execution;
        throw new Error(`${sql}: ${execution.Status?.State}: ${execution.Status?.StateChangeReason}`);
    }

    /** The result's rows, the header among them; NULL is undefined. */
    async rows(execution: QueryExecution): Promise<(string | undefined)[][]> {
        const rows: (string | undefined)[][] = [];
        let token: string | undefined;
        do {
            const page = await this.client.send(
                new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId, NextToken: token }),
            );
            for (const { Data } of page.ResultSet?.Rows ?? [])
                rows.push((Data ?? []).map(({ VarCharValue }) => VarCharValue));
            token = page.NextToken;
        } while (token !== undefined);
        return rows;
    }

    async select(sql: string): Promise<(string | undefined)[][]> {
        return this.rows(await this.succeed(sql));
    }
}
