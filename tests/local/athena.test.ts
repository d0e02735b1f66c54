/** The local Athena through the clients that people use: the AWS SDK and the AWS CLI. */
import assert from "node:assert/strict";
import {
    CreateWorkGroupCommand,
    GetQueryResultsCommand,
    GetWorkGroupCommand,
    StopQueryExecutionCommand,
    UpdateWorkGroupCommand,
    type QueryExecution,
} from "@aws-sdk/client-athena";
import { GetTableCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { endless, Queries } from "./athenaSupport";
import { errorName, TestLocal } from "./support";

const workGroup = "analysts";
const database = "lake";
const days = ["2024-01-30", "2024-01-31", "2024-02-01"];
const rowsADay = 2000;

/** One day's JSON lines; the last day has a line that is no JSON. */
function rawLines(day: string): string {
    const lines = Array.from({ length: rowsADay }, (_, at) =>
        JSON.stringify({
            id: `${day}-${at}`,
            day,
            category: at % 2 === 0 ? "books" : "toys",
            quantity: (at % 5) + 1,
            note: at === 0 ? 'say "hi", ok' : null,
        }),
    );
    if (day === days.at(-1)) lines[7] = '{"id": "broken", ';
    return `${lines.join("\n")}\n`;
}

const rawBytes = days.reduce((sum, day) => sum + Buffer.byteLength(rawLines(day)), 0);

const createRaw = `
    -- Raw lines as a crawler would declare them
    CREATE EXTERNAL TABLE raw_sales (id string, day string, category string, quantity int, note string)
    PARTITIONED BY (ingest_date string)
    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
    STORED AS TEXTFILE
    LOCATION 's3://bronze/sales/'
    TBLPROPERTIES ('classification' = 'json')`;

const createSales = `
    CREATE TABLE sales
    WITH (format = 'PARQUET', write_compression = 'ZSTD', partitioned_by = ARRAY['year', 'month']) AS
    SELECT id, category, quantity, note,
        cast(substr(day, 1, 4) AS integer) AS year,
        cast(substr(day, 6, 2) AS integer) AS month
    FROM raw_sales WHERE ingest_date <> '2024-02-01'
    UNION ALL VALUES ('late', 'books', 9, NULL, 2023, 12)`;

describe("local Athena", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, workGroup, database);
        await local.local.warm();
        for (const bucket of ["bronze", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        for (const day of days) {
            const Key = `sales/ingest_date=${day}/part-0000.jsonl`;
            await local.s3.send(new PutObjectCommand({ Bucket: "bronze", Key, Body: rawLines(day) }));
        }
        await queries.client.send(
            new CreateWorkGroupCommand({
                Name: workGroup,
                Configuration: {
                    EnforceWorkGroupConfiguration: true,
                    BytesScannedCutoffPerQuery: 10_485_760,
                    ResultConfiguration: { OutputLocation: "s3://results/sales/" },
                },
            }),
        );
        await queries.succeed(`CREATE DATABASE ${database}`);
        await queries.succeed(createRaw);
        await queries.succeed("MSCK REPAIR TABLE raw_sales");
    });

    after(() => local.stop());

    const scanned = (execution: QueryExecution) => execution.Statistics?.DataScannedInBytes;
    const bodyOf = async (execution: QueryExecution) => {
        const [bucket = "", ...key] = (execution.ResultConfiguration?.OutputLocation ?? "")
            .slice("s3://".length)
            .split("/");
        const { Body } = await local.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key.join("/") }));
        return Body?.transformToString();
    };

    it("counts lines of raw JSON, broken ones too, at the objects' bytes", async () => {
        const execution = await queries.succeed("SELECT count(*) FROM raw_sales");
        assert.deepEqual(await queries.rows(execution), [["_col0"], [String(days.length * rowsADay)]]);
        assert.equal(scanned(execution), rawBytes);
    });

    it("fails on a broken line of raw JSON whose fields are read, as a fault of the data", async () => {
        const { Status } = await queries.run("SELECT sum(quantity) FROM raw_sales");
        assert.equal(Status?.State, "FAILED");
        assert.match(Status?.StateChangeReason ?? "", /^HIVE_CURSOR_ERROR: .*ingest_date=2024-02-01/);
        assert.equal(Status?.AthenaError?.ErrorCategory, 2);
    });

    describe("a partitioned table made by CTAS", () => {
        before(() => queries.succeed(createSales));

        it("lies under the enforced location by the query's id", async () => {
            const { Table } = await local.glue.send(new GetTableCommand({ DatabaseName: database, Name: "sales" }));
            assert.match(Table?.StorageDescriptor?.Location ?? "", /^s3:\/\/results\/sales\/tables\/[0-9a-f-]{36}\/$/);
            assert.deepEqual(
                Table?.PartitionKeys?.map(({ Name, Type }) => [Name, Type]),
                [
                    ["year", "int"],
                    ["month", "int"],
                ],
            );
        });

        it("answers, with typed columns and a header row", async () => {
            const execution = await queries.succeed(
                "SELECT category, sum(quantity) AS total FROM sales GROUP BY 1 ORDER BY 1;",
            );
            const { ResultSet } = await queries.client.send(
                new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }),
            );
            assert.deepEqual(
                ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type, Precision }) => [Name, Type, Precision]),
                [
                    ["category", "varchar", 2147483647],
                    ["total", "bigint", 19],
                ],
            );
            assert.deepEqual(await queries.rows(execution), [
                ["category", "total"],
                ["books", "6009"],
                ["toys", "6000"],
            ]);
            assert.equal(execution.StatementType, "DML");
            assert.equal(await bodyOf(execution), '"category","total"\n"books","6009"\n"toys","6000"\n');
        });

        it("writes NULL as nothing and doubles quotes", async () => {
            const execution = await queries.succeed(
                "SELECT note, id FROM sales WHERE id IN ('late', '2024-01-30-0') ORDER BY id",
            );
            assert.equal(await bodyOf(execution), '"note","id"\n"say ""hi"", ok","2024-01-30-0"\n,"late"\n');
            assert.deepEqual((await queries.rows(execution)).slice(1), [
                ['say "hi", ok', "2024-01-30-0"],
                [undefined, "late"],
            ]);
        });

        it("scans only the columns and partitions that a query reads", async () => {
            const all = await queries.succeed("SELECT max(id), max(category), max(quantity), max(note) FROM sales");
            const narrow = await queries.succeed("SELECT max(category) FROM sales");
            const pruned = await queries.succeed("SELECT max(category) FROM sales WHERE year = 2023");
            const count = await queries.succeed("SELECT count(*) FROM sales");
            const [a = 0, n = 0, p = 0] = [all, narrow, pruned].map(scanned);
            assert.ok(a > n && n > p && p > 0, `${a} > ${n} > ${p} > 0`);
            assert.equal(scanned(count), 0);
        });

        it("is read by a view", async () => {
            await queries.succeed(
                "CREATE OR REPLACE VIEW totals AS SELECT year, sum(quantity) AS total FROM sales GROUP BY year",
            );
            assert.deepEqual(await queries.select("SELECT * FROM totals ORDER BY year"), [
                ["year", "total"],
                ["2023", "9"],
                ["2024", "12000"],
            ]);
        });

        it("pages through a long result", async () => {
            const execution = await queries.succeed("SELECT id FROM sales ORDER BY id");
            const first = await queries.client.send(
                new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId, MaxResults: 10 }),
            );
            assert.equal(first.ResultSet?.Rows?.length, 10);
            const ids = (await queries.rows(execution)).slice(1).map(([id]) => id);
            assert.equal(ids.length, 2 * rowsADay + 1);
            assert.equal(new Set(ids).size, ids.length);
        });

        it("keeps its data when dropped", async () => {
            await queries.succeed("DROP TABLE sales");
            const { Contents = [] } = await local.s3.send(
                new ListObjectsV2Command({ Bucket: "results", Prefix: "sales/tables/" }),
            );
            assert.equal(Contents.filter(({ Key }) => Key?.includes("/month=")).length, 2);
        });
    });

    it("refuses external_location where the workgroup enforces its own, and leaves no table", async () => {
        const { Status } = await queries.run(
            "CREATE TABLE t WITH (external_location = 's3://bronze/t/') AS SELECT 1 AS a",
        );
        assert.equal(Status?.State, "FAILED");
        assert.match(
            Status?.StateChangeReason ?? "",
            /'external_location' property to an Athena Workgroup that enforces/,
        );
        assert.equal(
            await errorName(local.glue.send(new GetTableCommand({ DatabaseName: database, Name: "t" }))),
            "EntityNotFoundException",
        );
    });

    it("fails a CTAS of more than 100 partitions, and leaves no table", async () => {
        const { Status } = await queries.run(
            "CREATE TABLE wide WITH (partitioned_by = ARRAY['p']) AS SELECT 1 AS a, x AS p FROM UNNEST(sequence(1, 101)) t(x)",
        );
        assert.match(Status?.StateChangeReason ?? "", /^HIVE_TOO_MANY_OPEN_PARTITIONS: /);
        assert.equal(
            await errorName(local.glue.send(new GetTableCommand({ DatabaseName: database, Name: "wide" }))),
            "EntityNotFoundException",
        );
    });

    it("says why a query failed in Athena's words", async () => {
        const missing = await queries.run("SELECT * FROM nowhere");
        assert.equal(
            missing.Status?.StateChangeReason,
            `TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.${database}.nowhere' does not exist`,
        );
        const mismatch = await queries.run("SELECT 'a' + 1");
        assert.match(mismatch.Status?.StateChangeReason ?? "", /^TYPE_MISMATCH: line 1:12: /);
        assert.equal(await errorName(queries.start("SELEC 1")), "InvalidRequestException");
        assert.equal(await errorName(queries.start("SELECT 1", { WorkGroup: "nobody" })), "InvalidRequestException");
        assert.equal(await errorName(queries.start("SELECT 1", { WorkGroup: "primary" })), "InvalidRequestException");
    });

    it("refuses what it does not do", async () => {
        const { Status } = await queries.run("DESCRIBE EXTENDED raw");
        assert.match(
            Status?.StateChangeReason ?? "",
            /^NOT_SUPPORTED: The local Athena does not do .*EXTENDED.* yet\.$/,
        );
    });

    it("gives a repeated request token its first query", async () => {
        const token = { ClientRequestToken: "a-token-of-thirty-two-characters-x" };
        const id = await queries.start("SELECT 1", token);
        assert.equal(await queries.start("SELECT 1", token), id);
        assert.equal(await errorName(queries.start("SELECT 2", token)), "InvalidRequestException");
    });

    it("stops a running query", async () => {
        const id = await queries.start(endless);
        await queries.until(id, "RUNNING");
        await queries.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
        const { Status } = await queries.get(id);
        assert.equal(Status?.State, "CANCELLED");
        assert.equal(
            await errorName(queries.client.send(new GetQueryResultsCommand({ QueryExecutionId: id }))),
            "InvalidRequestException",
        );
    });

    it("keeps a workgroup's settings as given", async () => {
        await queries.client.send(
            new UpdateWorkGroupCommand({
                WorkGroup: workGroup,
                ConfigurationUpdates: { BytesScannedCutoffPerQuery: 20_000_000 },
            }),
        );
        const { WorkGroup } = await queries.client.send(new GetWorkGroupCommand({ WorkGroup: workGroup }));
        assert.deepEqual(WorkGroup?.Configuration, {
            BytesScannedCutoffPerQuery: 20_000_000,
            EnforceWorkGroupConfiguration: true,
            EngineVersion: { EffectiveEngineVersion: "Athena engine version 3", SelectedEngineVersion: "AUTO" },
            PublishCloudWatchMetricsEnabled: false,
            RequesterPaysEnabled: false,
            ResultConfiguration: { OutputLocation: "s3://results/sales/" },
        });
    });

    it("speaks to the stock AWS CLI", async () => {
        const { QueryExecutionId: id } = await local.cliJson<{ QueryExecutionId: string }>(
            ..."athena start-query-execution --query-string".split(" "),
            "SELECT 42 AS answer",
            "--work-group",
            workGroup,
        );
        await queries.until(id, "SUCCEEDED");
        const results = await local.cliJson<{ ResultSet: { Rows: unknown[] } }>(
            "athena",
            "get-query-results",
            "--query-execution-id",
            id,
        );
        assert.deepEqual(results.ResultSet.Rows, [
            { Data: [{ VarCharValue: "answer" }] },
            { Data: [{ VarCharValue: "42" }] },
        ]);
    });

    describe("after a death", () => {
        it("fails a query whose engine is killed, and runs the next on a new one", async () => {
            const id = await queries.start(endless);
            await queries.until(id, "RUNNING");
            const { services } = await local.local.health();
            process.kill(-Number(services.athena?.pid), "SIGKILL");
            const { Status } = await queries.until(id, "FAILED");
            assert.match(Status?.StateChangeReason ?? "", /engine ended while the query ran \(signal SIGKILL\)/);
            assert.equal(Status?.AthenaError?.ErrorCategory, 1);
            assert.deepEqual(await queries.select("SELECT 1 AS one"), [["one"], ["1"]]);
        });

        it("keeps executions and results across a restart", async () => {
            const execution = await queries.succeed("SELECT 7 AS seven");
            await local.restart();
            const again = new Queries(local.local, workGroup, database);
            assert.deepEqual(await again.rows(execution), [["seven"], ["7"]]);
        });
    });
});
