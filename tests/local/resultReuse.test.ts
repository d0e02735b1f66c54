/** Reuse of earlier results in the local Athena, by AWS's conditions. */
import assert from "node:assert/strict";
import { CreateWorkGroupCommand, type QueryExecution, type StartQueryExecutionInput } from "@aws-sdk/client-athena";
import { CreateBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { TestLocal } from "./support";

const database = "reuse";
const location = "s3://results/reuse/";
const total = "SELECT sum(x) AS total FROM numbers";

type Given = Partial<StartQueryExecutionInput>;

describe("result reuse", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "primary", database, location);
        await local.local.warm();
        await local.s3.send(new CreateBucketCommand({ Bucket: "results" }));
        const Configuration = { ResultConfiguration: { OutputLocation: location } };
        await queries.client.send(new CreateWorkGroupCommand({ Name: "others", Configuration }));
        await ask(`CREATE DATABASE ${database}`, {});
        await ask("CREATE TABLE numbers AS SELECT * FROM UNNEST(sequence(1, 4)) t(x)", {});
    });

    after(() => local.stop());

    const reuse = (MaxAgeInMinutes?: number): Given => ({
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes } },
    });

    const ask = (sql: string, given: Given = reuse(60)): Promise<QueryExecution> => queries.succeed(sql, given);

    const wasReused = ({ Statistics }: QueryExecution) => Statistics?.ResultReuseInformation?.ReusedPreviousResult;
    const outputOf = ({ ResultConfiguration }: QueryExecution) => ResultConfiguration?.OutputLocation;

    it("takes the latest result of the same question, without reading the data again", async () => {
        const first = await ask(total);
        await ask("INSERT INTO numbers VALUES 100", {});
        const second = await ask(total);
        assert.deepEqual([wasReused(first), wasReused(second)], [false, true]);
        assert.notEqual(second.QueryExecutionId, first.QueryExecutionId);
        assert.equal(outputOf(second), outputOf(first));
        assert.ok((first.Statistics?.DataScannedInBytes ?? 0) > 0);
        assert.equal(second.Statistics?.DataScannedInBytes, 0);
        assert.deepEqual(await queries.rows(second), [["total"], ["10"]]);
        const unasked = await ask(total, {});
        assert.equal(wasReused(unasked), false);
        assert.deepEqual(await queries.rows(unasked), [["total"], ["110"]]);
        assert.equal(outputOf(await ask(total)), outputOf(unasked));
    });

    it("tells what was asked for", async () => {
        const { ResultReuseConfiguration } = await ask(total, reuse());
        assert.deepEqual(ResultReuseConfiguration?.ResultReuseByAgeConfiguration, {
            Enabled: true,
            MaxAgeInMinutes: 60,
        });
    });

    it("answers another question anew", async () => {
        await ask(total, {});
        const others: [string, Given][] = [
            [`${total} `, reuse(60)],
            [total, reuse(0)],
            [total, { ...reuse(60), QueryExecutionContext: { Database: "default" } }],
            [total, { ...reuse(60), WorkGroup: "others" }],
            [total, { ...reuse(60), ResultConfiguration: { OutputLocation: "s3://results/elsewhere/" } }],
        ];
        for (const [sql, given] of others) {
            const ended = await queries.run(sql, { ResultConfiguration: { OutputLocation: location }, ...given });
            assert.equal(wasReused(ended), false, JSON.stringify(given));
        }
        const parameters = (value: string): Given => ({ ...reuse(60), ExecutionParameters: [value] });
        const sql = "SELECT count(*) FROM numbers WHERE x > ?";
        assert.equal(wasReused(await ask(sql, parameters("2"))), false);
        assert.equal(wasReused(await ask(sql, parameters("3"))), false);
        assert.equal(wasReused(await ask(sql, parameters("2"))), true);
    });

    it("runs again what may have another answer", async () => {
        await ask("CREATE TABLE ice (a int) LOCATION 's3://results/ice/' TBLPROPERTIES ('table_type' = 'ICEBERG')", {});
        for (const sql of [
            "SELECT rand() < 2",
            "SELECT count(*) FROM numbers WHERE current_date > DATE '2020-01-01'",
            "SELECT x FROM numbers LIMIT 1",
            "SELECT x FROM numbers WHERE x IN (SELECT x FROM numbers LIMIT 9) ORDER BY x",
            "SELECT a FROM ice",
            "SHOW TABLES",
        ]) {
            await ask(sql);
            assert.equal(wasReused(await ask(sql)), false, sql);
        }
        for (const sql of ["SELECT x FROM numbers ORDER BY x LIMIT 1", "SELECT 'rand()' AS \"limit\" FROM numbers"]) {
            await ask(sql);
            assert.equal(wasReused(await ask(sql)), true, sql);
        }
    });

    it("runs again where the earlier result is gone", async () => {
        const first = await ask(total);
        const Key = outputOf(first)?.slice("s3://results/".length);
        await local.s3.send(new DeleteObjectCommand({ Bucket: "results", Key }));
        const second = await ask(total);
        assert.notEqual(outputOf(second), outputOf(first));
    });

    it("remembers across a restart", async () => {
        const first = await ask("SELECT max(x) FROM numbers");
        await local.restart();
        queries = new Queries(local.local, "primary", database, location);
        const second = await ask("SELECT max(x) FROM numbers");
        assert.equal(wasReused(second), true);
        assert.equal(outputOf(second), outputOf(first));
    });
});
