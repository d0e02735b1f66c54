/** Prepared statements that write, and what an execution tells of its stages. */
import assert from "node:assert/strict";
import {
    CreateWorkGroupCommand,
    GetQueryRuntimeStatisticsCommand,
    type QueryExecution,
    type QueryStage,
} from "@aws-sdk/client-athena";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { endless, Queries } from "./athenaSupport";
import { TestLocal } from "./support";

describe("local Athena", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "writers", "lake");
        await local.s3.send(new CreateBucketCommand({ Bucket: "results" }));
        const ResultConfiguration = { OutputLocation: "s3://results/all/" };
        await queries.client.send(
            new CreateWorkGroupCommand({
                Name: "writers",
                Configuration: { EnforceWorkGroupConfiguration: false, ResultConfiguration },
            }),
        );
        await queries.succeed("CREATE DATABASE lake");
        await queries.succeed(
            "CREATE TABLE t WITH (format = 'PARQUET') AS SELECT * FROM (VALUES (1, CAST('a' AS varchar))) v(n, k)",
        );
    });
    after(() => local.stop());

    describe("prepared statements", () => {
        const fails = async (sql: string) => (await queries.run(sql)).Status?.StateChangeReason ?? "succeeded";

        it("INSERT INTO", async () => {
            await queries.succeed("PREPARE add_row FROM INSERT INTO t SELECT ?, ?");
            const execution = await queries.succeed("EXECUTE add_row USING 2, 'it''s'");
            assert.equal(execution.SubstatementType, "INSERT");
            await queries.succeed("EXECUTE add_row USING 3", { ExecutionParameters: ["'c'"] });
            await queries.succeed("EXECUTE add_row", { ExecutionParameters: ["4", "'d'"] });
            assert.deepEqual((await queries.select("SELECT n, k FROM t ORDER BY n")).slice(1), [
                ...[
                    ["1", "a"],
                    ["2", "it's"],
                    ["3", "c"],
                    ["4", "d"],
                ],
            ]);
            assert.match(await fails("EXECUTE add_row USING 5"), /parameters/i);
        });

        it("CREATE TABLE AS", async () => {
            await queries.succeed(
                "PREPARE copy FROM CREATE TABLE copied WITH (format = 'PARQUET') AS SELECT * FROM t WHERE n > ?",
            );
            assert.equal((await queries.succeed("EXECUTE copy USING 2")).SubstatementType, "CREATE_TABLE_AS_SELECT");
            assert.deepEqual(await queries.select("SELECT count(*) FROM copied"), [["_col0"], ["2"]]);
            assert.match(await fails("EXECUTE copy USING 2"), /already exists/);
        });

        it("UNLOAD", async () => {
            await queries.succeed(
                "PREPARE out FROM UNLOAD (SELECT k FROM t WHERE n = ?) TO 's3://results/unloaded/' WITH (format = 'JSON')",
            );
            assert.equal((await queries.succeed("EXECUTE out USING 1")).SubstatementType, "UNLOAD");
            const found = await local.s3.send(new ListObjectsV2Command({ Bucket: "results", Prefix: "unloaded/" }));
            assert.equal(found.KeyCount, 1);
        });

        it("nothing else, in words that say so", async () => {
            assert.match(
                await fails("PREPARE gone FROM DROP TABLE t"),
                /other than SELECT, INSERT INTO, CREATE TABLE AS/,
            );
            assert.match(await fails("PREPARE bad FROM SELEC 1"), /SYNTAX_ERROR/);
            assert.match(await fails("EXECUTE gone"), /Prepared statement not found: gone/);
        });
    });

    describe("runtime statistics", () => {
        const statistics = async ({ QueryExecutionId }: QueryExecution) =>
            (await queries.client.send(new GetQueryRuntimeStatisticsCommand({ QueryExecutionId })))
                .QueryRuntimeStatistics!;
        const stages = (stage: QueryStage): QueryStage[] => [stage, ...(stage.SubStages ?? []).flatMap(stages)];

        it("rows, bytes and times are those of the execution, stage by stage", async () => {
            const execution = await queries.succeed(
                "SELECT a.k, count(*) c FROM t a JOIN t b ON a.n = b.n GROUP BY a.k",
            );
            const { Timeline, Rows, OutputStage } = await statistics(execution);
            const { Statistics: times = {} } = execution;
            assert.equal(Timeline?.TotalExecutionTimeInMillis, times.TotalExecutionTimeInMillis);
            assert.equal(Timeline?.EngineExecutionTimeInMillis, times.EngineExecutionTimeInMillis);
            assert.deepEqual([Rows?.InputRows, Rows?.OutputRows, Rows?.InputBytes], [8, 4, times.DataScannedInBytes]);
            assert.ok(Rows!.OutputBytes! > 0);
            const all = stages(OutputStage!);
            assert.deepEqual([all[0]?.StageId, all[0]?.State, all[0]?.QueryStagePlan?.Name], [0, "FINISHED", "Output"]);
            assert.ok(
                all.length > 1 && all.every(({ ExecutionTime, InputRows }) => ExecutionTime! >= 0 && InputRows! >= 0),
            );
            const plan = JSON.stringify(all.map(({ QueryStagePlan }) => QueryStagePlan));
            for (const name of ["Join", "Aggregation", "TableScan"])
                assert.match(plan, new RegExp(`"Name":"${name}`, "i"));
            assert.match(plan, /"RemoteSources":\["1"\]/);
        });

        it("DDL and failures have times alone, what runs has nothing yet", async () => {
            const ddl = await statistics(await queries.succeed("SHOW TABLES"));
            assert.deepEqual(Object.keys(ddl), ["Timeline"]);
            assert.deepEqual(Object.keys(await statistics(await queries.run("SELECT * FROM nowhere"))), ["Timeline"]);
            const id = await queries.start(endless);
            await queries.until(id, "RUNNING");
            assert.deepEqual(await statistics({ QueryExecutionId: id }), {});
            await queries.stop(id);
            await assert.rejects(statistics({ QueryExecutionId: "nothing" }), { name: "InvalidRequestException" });
        });
    });
});
