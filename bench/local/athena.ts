/** Athena as the benchmarks ask it, and the Trino behind it asked directly. */
import {
    CreateWorkGroupCommand,
    GetQueryExecutionCommand,
    StartQueryExecutionCommand,
    type QueryExecution,
} from "@aws-sdk/client-athena";
import { CreateDatabaseCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { setTimeout as delay } from "node:timers/promises";
import { runStatement } from "../../local/athena/trino/client";
import { hiveCatalog } from "../../local/athena/trino/settings";
import { bucket, database, type Bed } from "./bed";

/** What is asked: a scan with an aggregate, of a table that is small so that what surrounds it counts. */
export const question = "SELECT place, sum(amount) AS amount FROM sales GROUP BY place";

/** How often a client looks whether its query has ended (ms): a person's client waits longer. */
const pollMs = 10;

/** A bucket, two workgroups and a Parquet table of a thousand rows. */
export async function prepare(bed: Bed, workgroups: readonly string[]): Promise<void> {
    await bed.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await bed.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
    const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
    for (const Name of workgroups) {
        await bed.athena.send(new CreateWorkGroupCommand({ Name, Configuration: { ResultConfiguration } }));
    }
    await query(
        bed,
        workgroups[0]!,
        "CREATE TABLE sales WITH (format = 'PARQUET') AS " +
            "SELECT x AS id, x / 4e0 AS amount, IF(x % 2 = 0, 'north', 'south') AS place FROM UNNEST(sequence(1, 1000)) AS t (x)",
    );
}

export async function start(bed: Bed, WorkGroup: string, QueryString: string): Promise<string> {
    const QueryExecutionContext = { Database: database };
    const request = new StartQueryExecutionCommand({ QueryString, WorkGroup, QueryExecutionContext });
    return (await bed.athena.send(request)).QueryExecutionId!;
}

/** @throws with the reason when the query does not succeed */
export async function end(bed: Bed, QueryExecutionId: string): Promise<QueryExecution> {
    for (;;) {
        const { QueryExecution } = await bed.athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
        const { State, StateChangeReason } = QueryExecution?.Status ?? {};
        if (State === "SUCCEEDED") return QueryExecution!;
        if (State === "FAILED" || State === "CANCELLED") throw new Error(`A query ${State}: ${StateChangeReason}`);
        await delay(pollMs);
    }
}

export async function query(bed: Bed, workgroup: string, sql: string): Promise<QueryExecution> {
    return end(bed, await start(bed, workgroup, sql));
}

/** Of the running Trino. @throws when it does not run */
export async function trinoUrl(bed: Bed): Promise<string> {
    const { services } = await bed.local.health();
    const url = services["athena"]?.["url"];
    if (typeof url !== "string") throw new Error(`Trino does not run: ${JSON.stringify(services["athena"])}`);
    return url;
}

/** The same statement asked of Trino itself. @throws when it fails */
export async function askTrino(url: string, sql: string): Promise<void> {
    const request = { sql, catalog: hiveCatalog, schema: database, session: {} };
    for await (const page of runStatement(url, request)) {
        if (page.error) throw new Error(`Trino: ${page.error.message}`);
    }
}
