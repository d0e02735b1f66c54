/** What the local Athena leaves in S3: results, metadata beside them, manifests of files written. */
import assert from "node:assert/strict";
import { GetQueryResultsCommand, type QueryExecution } from "@aws-sdk/client-athena";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { readMessage, textsOf, type Message } from "./protobuf";
import { TestLocal } from "./support";

const database = "outputs";
const location = "s3://results/outputs/";

describe("the local Athena's output", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "primary", database, location);
        await local.local.warm();
        for (const bucket of ["data", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        await queries.succeed(`CREATE DATABASE ${database}`);
    });

    after(() => local.stop());

    async function bytesOf(address: string): Promise<Buffer> {
        const [Bucket, ...key] = address.slice("s3://".length).split("/");
        const { Body } = await local.s3.send(new GetObjectCommand({ Bucket, Key: key.join("/") }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
    }

    async function listed(Bucket: string, Prefix: string): Promise<string[]> {
        const { Contents = [] } = await local.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
        return Contents.map(({ Key }) => `s3://${Bucket}/${Key}`).sort();
    }

    const outputOf = ({ ResultConfiguration }: QueryExecution) => ResultConfiguration?.OutputLocation ?? "";
    const manifestOf = async ({ Statistics }: QueryExecution) =>
        (await bytesOf(Statistics?.DataManifestLocation ?? "")).toString("utf8");
    const columnsOf = (message: Message) => (message.get(4) ?? []).map((column) => readMessage(column as Buffer));

    it("has a query's columns in the metadata beside its CSV", async () => {
        const ended = await queries.succeed(
            "SELECT 1 AS n, cast('x' AS varchar(7)) AS \"Größe\", cast(2.5 AS decimal(20, 4)) AS d",
        );
        assert.equal(outputOf(ended), `${location}${ended.QueryExecutionId}.csv`);
        const columns = columnsOf(readMessage(await bytesOf(`${outputOf(ended)}.metadata`)));
        assert.deepEqual(
            columns.map((column) => textsOf(column, 1, 4, 5, 6)),
            [
                ["hive", "n", "n", "integer"],
                ["hive", "Größe", "Größe", "varchar"],
                ["hive", "d", "d", "decimal"],
            ],
        );
        // Precision, scale, nullable (3 is unknown), case-sensitive.
        assert.deepEqual(
            columns.map((column) => [7, 8, 9, 10].map((field) => column.get(field)?.[0])),
            [
                [10, 0, 3, 0],
                [7, 0, 3, 1],
                [20, 4, 3, 0],
            ],
        );
    });

    it("carries a precision of ten digits whole", async () => {
        const [column] = columnsOf(
            readMessage(
                await bytesOf(`${outputOf(await queries.succeed("SELECT cast('x' AS varchar) AS v"))}.metadata`),
            ),
        );
        assert.equal(column?.get(7)?.[0], 2147483647);
    });

    it("has the metadata of a statement on the catalog beside its text", async () => {
        const ended = await queries.succeed("SHOW TABLES");
        assert.equal(outputOf(ended), `${location}${ended.QueryExecutionId}.txt`);
        const columns = columnsOf(readMessage(await bytesOf(`${outputOf(ended)}.metadata`)));
        assert.deepEqual(
            columns.map((column) => textsOf(column, 4, 6)),
            [["tab_name", "string"]],
        );
    });

    it("lists what a CTAS wrote, in the folder of tables", async () => {
        const ended = await queries.succeed(
            "CREATE TABLE made WITH (partitioned_by = ARRAY['k']) AS SELECT x, x % 3 AS k FROM UNNEST(sequence(1, 10)) t(x)",
        );
        const stem = `${location}tables/${ended.QueryExecutionId}`;
        assert.equal(ended.Statistics?.DataManifestLocation, `${stem}-manifest.csv`);
        const files = await listed("results", `outputs/tables/${ended.QueryExecutionId}/`);
        assert.equal(files.length, 3);
        assert.equal(await manifestOf(ended), files.map((file) => `${file}\n`).join(""));
        const [rows] = columnsOf(readMessage(await bytesOf(`${stem}.metadata`)));
        assert.deepEqual(rows && textsOf(rows, 4, 6), ["rows", "bigint"]);
    });

    it("lists only what an INSERT itself wrote, outside the table's folder too", async () => {
        await queries.succeed(
            "CREATE TABLE grown WITH (external_location = 's3://data/grown/', partitioned_by = ARRAY['k']) AS SELECT 1 AS x, 1 AS k",
        );
        await queries.succeed("ALTER TABLE grown ADD PARTITION (k = 2) LOCATION 's3://data/elsewhere/'");
        await local.s3.send(new PutObjectCommand({ Bucket: "data", Key: "elsewhere/_notes", Body: "none" }));
        const before = [...(await listed("data", "grown/")), ...(await listed("data", "elsewhere/"))];
        const ended = await queries.succeed("INSERT INTO grown VALUES (5, 1), (6, 2), (7, 3)");
        const after = [...(await listed("data", "grown/")), ...(await listed("data", "elsewhere/"))];
        const added = after.filter((file) => !before.includes(file)).sort();
        assert.equal(added.length, 3);
        assert.deepEqual((await manifestOf(ended)).trimEnd().split("\n"), added);
        assert.deepEqual(
            await queries.client.send(resultsOf(ended)).then(({ ResultSet }) => ResultSet?.Rows),
            added.map((VarCharValue) => ({ Data: [{ VarCharValue }] })),
        );
    });

    it("lists the data files of an Iceberg table's INSERT", async () => {
        await queries.succeed(
            "CREATE TABLE ice (a int) LOCATION 's3://data/ice/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
        );
        await queries.succeed("INSERT INTO ice VALUES 1");
        const before = await listed("data", "ice/data/");
        const ended = await queries.succeed("INSERT INTO ice VALUES 2");
        const added = (await listed("data", "ice/data/")).filter((file) => !before.includes(file));
        assert.equal(added.length, 1);
        assert.equal(await manifestOf(ended), `${added[0]}\n`);
    });

    it("has no manifest of a query, and says so", async () => {
        const ended = await queries.succeed("SELECT 1");
        assert.equal(ended.Statistics?.DataManifestLocation, undefined);
        await assert.rejects(queries.client.send(resultsOf(ended)), { name: "InvalidRequestException" });
    });
});

function resultsOf({ QueryExecutionId }: QueryExecution): GetQueryResultsCommand {
    return new GetQueryResultsCommand({ QueryExecutionId, QueryResultType: "DATA_MANIFEST" });
}
