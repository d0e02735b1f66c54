/** UNLOAD of the local Athena: files in each format, nothing in the catalog. */
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { GetTablesCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { endless, Queries } from "./athenaSupport";
import { TestLocal } from "./support";

const database = "unloads";
const rows = "SELECT x, chr(96 + CAST(x AS integer)) AS letter FROM UNNEST(sequence(1, 3)) t(x)";

describe("UNLOAD", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        queries = new Queries(local.local, "primary", database, "s3://results/");
        await local.local.warm();
        for (const bucket of ["data", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        await queries.run(`CREATE DATABASE ${database}`);
    });

    after(() => local.stop());

    const reasonOf = async (sql: string) => (await queries.run(sql)).Status?.StateChangeReason ?? "";

    async function keys(Prefix: string): Promise<string[]> {
        const { Contents = [] } = await local.s3.send(new ListObjectsV2Command({ Bucket: "data", Prefix }));
        return Contents.map(({ Key = "" }) => Key).sort();
    }

    async function read(Bucket: string, Key: string): Promise<Buffer> {
        const { Body } = await local.s3.send(new GetObjectCommand({ Bucket, Key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
    }

    async function onlyFile(prefix: string): Promise<Buffer> {
        const found = await keys(prefix);
        assert.equal(found.length, 1, String(found));
        return read("data", found[0] ?? "");
    }

    async function tables(): Promise<number> {
        const { TableList = [] } = await local.glue.send(new GetTablesCommand({ DatabaseName: database }));
        return TableList.length;
    }

    it("writes JSON lines, gzipped, and a manifest and metadata in the result location", async () => {
        const ended = await queries.succeed(`UNLOAD (${rows}) TO 's3://data/json/' WITH (format = 'JSON')`);
        const lines = gunzipSync(await onlyFile("json/")).toString();
        assert.deepEqual(
            lines
                .trimEnd()
                .split("\n")
                .map((line) => JSON.parse(line) as unknown),
            [1, 2, 3].map((x) => ({ x, letter: "abc"[x - 1] })),
        );
        assert.deepEqual([ended.StatementType, ended.SubstatementType], ["DML", "UNLOAD"]);
        const id = ended.QueryExecutionId;
        assert.equal(ended.Statistics?.DataManifestLocation, `s3://results/${id}-manifest.csv`);
        const manifest = (await read("results", `${id}-manifest.csv`)).toString();
        assert.equal(manifest, `s3://data/${(await keys("json/"))[0]}\n`);
        assert.ok((await read("results", `${id}.metadata`)).length > 0);
        assert.deepEqual(await queries.rows(ended), []);
    });

    it("writes text by the delimiter, without a header", async () => {
        await queries.succeed(`UNLOAD (${rows}) TO 's3://data/text' WITH (format = 'textfile', field_delimiter = ';')`);
        assert.equal(gunzipSync(await onlyFile("text/")).toString(), "1;a\n2;b\n3;c\n");
    });

    it("writes Parquet, ORC and Avro that begin as these do", async () => {
        for (const [properties, magic] of [
            ["format = 'PARQUET', compression = 'SNAPPY'", "PAR1"],
            ["format = 'PARQUET', compression = 'ZSTD', compression_level = 3", "PAR1"],
            ["format = 'ORC', compression = 'ZLIB'", "ORC"],
            ["format = 'AVRO'", "Obj\u0001"],
        ] as const) {
            const folder = `binary/${properties.replace(/\W+/g, "_")}/`;
            await queries.succeed(`UNLOAD (${rows}) TO 's3://data/${folder}' WITH (${properties})`);
            assert.equal((await onlyFile(folder)).toString("latin1", 0, magic.length), magic, properties);
        }
    });

    it("is read back by a table", async () => {
        await queries.succeed(`UNLOAD (${rows}) TO 's3://data/back/' WITH (format = 'PARQUET')`);
        await queries.succeed(
            `CREATE EXTERNAL TABLE back (x bigint, letter string) STORED AS PARQUET LOCATION 's3://data/back/'`,
        );
        assert.deepEqual((await queries.rows(await queries.succeed("SELECT * FROM back ORDER BY x"))).slice(1), [
            ["1", "a"],
            ["2", "b"],
            ["3", "c"],
        ]);
        await queries.succeed("DROP TABLE back");
    });

    it("adds to partitions, each time it runs", async () => {
        const sql =
            "UNLOAD (SELECT x, x % 2 AS k FROM UNNEST(sequence(1, 4)) t(x)) TO 's3://data/parts/' " +
            "WITH (format = 'JSON', partitioned_by = ARRAY['k'])";
        await queries.succeed(sql);
        await queries.succeed(sql);
        const found = await keys("parts/");
        assert.deepEqual(
            found.map((key) => key.split("/")[1]),
            ["k=0", "k=0", "k=1", "k=1"],
        );
        const values = await Promise.all(found.slice(0, 2).map((key) => read("data", key)));
        for (const value of values) assert.equal(gunzipSync(value).toString(), '{"x":2}\n{"x":4}\n');
    });

    it("takes execution parameters and queries over several lines", async () => {
        await queries.succeed(
            "UNLOAD (\n  SELECT ? AS a,\n  'x)' AS b -- (\n) TO 's3://data/parameters/' WITH (format = 'JSON')",
            {
                ExecutionParameters: ["42"],
            },
        );
        assert.equal(gunzipSync(await onlyFile("parameters/")).toString(), '{"a":42,"b":"x)"}\n');
    });

    it("writes to empty places only", async () => {
        await local.s3.send(new PutObjectCommand({ Bucket: "data", Key: "full/a", Body: "here" }));
        const reason = await reasonOf(`UNLOAD (${rows}) TO 's3://data/full/' WITH (format = 'JSON')`);
        assert.match(
            reason,
            /^HIVE_PATH_ALREADY_EXISTS: .*s3:\/\/data\/full\/.*Athena will not delete data in your account/,
        );
        assert.deepEqual(await keys("full/"), ["full/a"]);
    });

    it("says what is wrong with a statement, where it stands", async () => {
        const to = "TO 's3://data/refused/'";
        for (const [sql, reason] of [
            [
                `UNLOAD (${rows}) ${to} WITH (compression = 'GZIP')`,
                /^INVALID_TABLE_PROPERTY: UNLOAD needs the property 'format'/,
            ],
            [`UNLOAD (${rows}) ${to} WITH (format = 'CSV')`, /^INVALID_TABLE_PROPERTY: format = 'CSV' is not one of/],
            [`UNLOAD (${rows}) ${to} WITH (format = 'JSON', sorted = true)`, /no property 'sorted'/],
            [
                `UNLOAD (${rows}) ${to} WITH (format = 'AVRO', compression = 'SNAPPY')`,
                /does not apply to the format AVRO/,
            ],
            [`UNLOAD (${rows}) ${to} WITH (format = 'TEXTFILE', field_delimiter = '||')`, /must be a single character/],
            [
                `UNLOAD (${rows}) ${to} WITH (format = 'PARQUET', compression = 'ZSTD', compression_level = 9)`,
                /^NOT_SUPPORTED: .*compression_level = 3, not 9/,
            ],
            [`UNLOAD (${rows}) ${to} WITH (format = 'PARQUET', compression_level = 3)`, /only for ZSTD/],
            [
                `UNLOAD (${rows}) ${to} WITH (format = 'JSON', partitioned_by = ARRAY['x'])`,
                /^HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns/,
            ],
            [
                `UNLOAD (SELECT 1, 2) ${to} WITH (format = 'JSON')`,
                /^MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1/,
            ],
            [`UNLOAD (SELECT 1 AS a, 2 AS a) ${to} WITH (format = 'JSON')`, /^DUPLICATE_COLUMN_NAME: /],
            [
                `UNLOAD (SELECT * FROM nowhere) ${to} WITH (format = 'JSON')`,
                /^TABLE_NOT_FOUND: line 1:23: Table 'awsdatacatalog.unloads.nowhere'/,
            ],
            [`UNLOAD (\nSELECT *\nFROM nowhere) ${to} WITH (format = 'JSON')`, /^TABLE_NOT_FOUND: line 3:6: /],
            [`UNLOAD (${rows}) TO 'data/refused/' WITH (format = 'JSON')`, /must be an S3 path/],
            [
                `UNLOAD (${rows}) TO 's3://nobody/' WITH (format = 'JSON')`,
                /^PERMISSION_DENIED: Unable to list s3:\/\/nobody\//,
            ],
        ] as const) {
            assert.match(await reasonOf(sql), reason, sql);
        }
        assert.deepEqual(await keys("refused/"), []);
        await assert.rejects(queries.start(`UNLOAD (${rows}) ${to}`), /mismatched input '<EOF>'. Expecting: 'WITH'/);
    });

    it("leaves no table, after a cancelled one too", async () => {
        const id = await queries.start(
            `UNLOAD (${endless.replace("count(*)", "count(*) AS n")}) TO 's3://data/never/' WITH (format = 'JSON')`,
            {
                ResultConfiguration: { OutputLocation: "s3://results/" },
            },
        );
        await queries.until(id, "RUNNING");
        await queries.stop(id);
        await queries.until(id, "CANCELLED");
        await queries.succeed("SELECT 1");
        assert.equal(await tables(), 0);
        assert.deepEqual(await keys("never/"), []);
    });
});
