/** Iceberg tables in the local Athena: made, written, optimized and looked at in the past. */
import * as assert from "node:assert/strict";
import { CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { GetTableCommand, type Table } from "@aws-sdk/client-glue";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { errorName, TestLocal } from "./support";

const database = "shop";

describe("local Athena: rows of Iceberg tables", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        for (const bucket of ["lake", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        queries = new Queries(local.local, "analysts", database);
        await queries.client.send(
            new CreateWorkGroupCommand({
                Name: "analysts",
                Configuration: {
                    EnforceWorkGroupConfiguration: true,
                    ResultConfiguration: { OutputLocation: "s3://results/" },
                },
            }),
        );
        await queries.succeed(`CREATE DATABASE ${database}`);
    });
    after(() => local.stop());

    const get = async (Name: string) =>
        (await local.glue.send(new GetTableCommand({ DatabaseName: database, Name }))).Table as Table;
    const metadata = async (name: string) => (await get(name)).Parameters?.["metadata_location"];
    const keys = async (Prefix: string) => {
        const { Contents = [] } = await local.s3.send(new ListObjectsV2Command({ Bucket: "lake", Prefix }));
        return Contents.map(({ Key = "" }) => Key);
    };
    const reason = async (sql: string) => {
        const { Status } = await queries.run(sql);
        assert.equal(Status?.State, "FAILED", sql);
        return Status?.StateChangeReason ?? "";
    };
    const values = async (sql: string) => (await queries.select(sql)).slice(1).map((row) => row.join(" "));
    /** Runs a statement that commits, and checks that the catalog follows. */
    const commit = async (name: string, sql: string) => {
        const before = await metadata(name);
        const execution = await queries.succeed(sql);
        const { Parameters = {}, TableType } = await get(name);
        assert.notEqual(Parameters["metadata_location"], before);
        const number = (file = "") => Number(/(\d+)-[0-9a-f-]{36}\.metadata\.json$/.exec(file)?.[1]);
        assert.equal(number(Parameters["previous_metadata_location"]), number(Parameters["metadata_location"]) - 1);
        assert.deepEqual([Parameters["table_type"], TableType], ["ICEBERG", "EXTERNAL_TABLE"]);
        return execution;
    };

    describe("a table made by CREATE TABLE", () => {
        before(() =>
            queries.succeed(
                `CREATE TABLE orders (id bigint COMMENT 'the key', item string, amount decimal(10,2), sold_at timestamp)
                 PARTITIONED BY (day(sold_at), bucket(2, id), truncate(3, \`item\`))
                 LOCATION 's3://lake/orders/'
                 TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'snappy',
                    'vacuum_max_snapshot_age_seconds' = '1', 'vacuum_min_snapshots_to_keep' = '2')`,
            ),
        );

        it("is in the catalog as Glue shows Iceberg tables", async () => {
            const { StorageDescriptor, PartitionKeys } = await get("orders");
            assert.deepEqual(PartitionKeys, []);
            assert.deepEqual(
                StorageDescriptor?.Columns?.map(({ Name, Type }) => `${Name} ${Type}`),
                ["id bigint", "item string", "amount decimal(10,2)", "sold_at timestamp"],
            );
        });

        it("takes rows, into files of its codec by its partitions", async () => {
            const execution = await commit(
                "orders",
                `INSERT INTO orders VALUES (1, 'apple', 1.50, timestamp '2024-05-01 10:00:00'),
                    (2, 'bread', 2.00, timestamp '2024-05-01 11:00:00'), (3, 'cheese', 9.99, timestamp '2024-05-02 12:00:00')`,
            );
            assert.deepEqual([execution.StatementType, execution.SubstatementType], ["DML", "INSERT"]);
            const files = await values(`SELECT file_path FROM "orders$files" ORDER BY 1`);
            assert.equal(files.length, 3);
            for (const file of files) {
                assert.match(
                    file,
                    /orders\/data\/sold_at_day=2024-05-0[12]\/id_bucket=[01]\/item_trunc=[a-z]{3}\/.*\.parquet$/,
                );
            }
        });

        it("changes them by MERGE, UPDATE and DELETE", async () => {
            await commit(
                "orders",
                `MERGE INTO orders t USING (VALUES (1, 'apple', 1.75), (4, 'dates', 4.00)) s(id, item, amount) ON t.id = s.id
                 WHEN MATCHED THEN UPDATE SET amount = s.amount
                 WHEN NOT MATCHED THEN INSERT (id, item, amount, sold_at)
                    VALUES (s.id, s.item, s.amount, timestamp '2024-05-03 00:00:00')`,
            );
            await commit("orders", "UPDATE orders SET item = 'rye bread' WHERE id = 2");
            const deleted = await commit("orders", "DELETE FROM orders WHERE id = 3");
            assert.deepEqual([deleted.StatementType, deleted.SubstatementType], ["DML", "DELETE"]);
            assert.deepEqual(await values("SELECT id, item, amount FROM orders ORDER BY id"), [
                "1 apple 1.75",
                "2 rye bread 2.00",
                "4 dates 4.00",
            ]);
        });

        it("scans as many bytes as the columns that a query reads have", async () => {
            const scanned = async (sql: string) => (await queries.succeed(sql)).Statistics?.DataScannedInBytes ?? 0;
            const sizes = await values(`SELECT sum(file_size_in_bytes) FROM "orders$files"`);
            const all = await scanned("SELECT * FROM orders");
            const one = await scanned("SELECT max(amount) FROM orders");
            const pruned = await scanned(
                "SELECT max(amount) FROM orders WHERE sold_at < timestamp '2024-05-02 00:00:00'",
            );
            assert.ok(pruned > 0 && pruned < one && one < all && all <= Number(sizes[0]), `${pruned} ${one} ${all}`);
        });

        it("is read as it was", async () => {
            const [first = "", second = ""] = await values(
                `SELECT snapshot_id FROM "orders$snapshots" ORDER BY committed_at`,
            );
            const count = async (version: string) => (await values(`SELECT sum(amount) FROM orders ${version}`))[0];
            assert.equal(await count(`FOR VERSION AS OF ${first}`), "13.49");
            assert.equal(await count(`FOR VERSION AS OF ${second}`), "17.74");
            const [at] = await values(
                `SELECT cast(made_current_at AS varchar) FROM "orders$history" WHERE snapshot_id = ${first}`,
            );
            assert.equal(await count(`FOR TIMESTAMP AS OF timestamp '${at}'`), "13.49");
            assert.match(await reason("SELECT * FROM orders FOR VERSION AS OF BIGINT '1'"), /^[A-Z_]+: .*1/);
        });

        it("shows its metadata tables", async () => {
            assert.deepEqual(await values(`SELECT operation FROM "orders$snapshots" ORDER BY committed_at`), [
                "append",
                "overwrite",
                "overwrite",
                "delete",
            ]);
            const [refs] = await values(`SELECT name, type FROM "orders$refs"`);
            assert.equal(refs, "main BRANCH");
            assert.ok((await values(`SELECT partition FROM "orders$partitions"`)).length > 0);
            assert.ok((await values(`SELECT path FROM "orders$manifests"`)).length > 0);
        });

        it("is made of fewer files by OPTIMIZE, in the partitions that it names", async () => {
            const deletes = async () =>
                Number((await values(`SELECT count(*) FROM "orders$files" WHERE content <> 0`))[0]);
            assert.ok((await deletes()) > 0);
            assert.equal(
                await reason("OPTIMIZE orders REWRITE DATA USING BIN_PACK WHERE amount > 1"),
                "NOT_SUPPORTED: Only partition columns are allowed in the WHERE clause of OPTIMIZE",
            );
            await commit("orders", "OPTIMIZE orders REWRITE DATA USING BIN_PACK");
            assert.equal(await deletes(), 0);
            assert.equal((await values("SELECT id FROM orders")).length, 3);
        });

        it("loses by VACUUM the snapshots that are too old, but for those that it is to keep", async () => {
            await commit("orders", "INSERT INTO orders SELECT 5, 'eggs', 3.00, timestamp '2024-05-04 00:00:00'");
            const before = await keys("orders/data/");
            const snapshots = () => values(`SELECT snapshot_id FROM "orders$snapshots" ORDER BY committed_at`);
            const kept = (await snapshots()).slice(-2);
            await new Promise((resolve) => setTimeout(resolve, 1500));
            const { StatementType } = await commit("orders", "VACUUM orders");
            assert.equal(StatementType, "DML");
            assert.deepEqual(await snapshots(), kept);
            assert.ok((await keys("orders/data/")).length < before.length);
            assert.equal((await values("SELECT id FROM orders")).length, 4);
        });

        it("takes its data along when dropped", async () => {
            await queries.succeed("DROP TABLE orders");
            assert.deepEqual(await keys("orders/"), []);
            assert.equal(await errorName(get("orders")), "EntityNotFoundException");
        });
    });

    describe("a table made by CTAS", () => {
        it("has the partitions, format, codec and properties that it is given", async () => {
            const execution = await queries.succeed(
                `CREATE TABLE days
                 WITH (table_type = 'ICEBERG', is_external = false, location = 's3://lake/days/', format = 'ORC',
                    write_compression = 'ZLIB', partitioning = ARRAY['month(d)', 'bucket(n, 4)'],
                    vacuum_min_snapshots_to_keep = 3, optimize_rewrite_delete_file_threshold = 5)
                 AS SELECT date '2024-01-31' + interval '1' day * n AS d, n FROM UNNEST(sequence(1, 3)) t(n)`,
            );
            assert.equal(execution.SubstatementType, "CREATE_TABLE_AS_SELECT");
            const { Parameters, StorageDescriptor } = await get("days");
            assert.equal(Parameters?.["table_type"], "ICEBERG");
            assert.equal(StorageDescriptor?.Location?.replace(/\/$/, ""), "s3://lake/days");
            const properties = await values(`SELECT key, value FROM "days$properties"`);
            for (const one of ["history.expire.min-snapshots-to-keep 3", "optimize_rewrite_delete_file_threshold 5"]) {
                assert.ok(properties.includes(one), properties.join(", "));
            }
            const files = await keys("days/data/");
            assert.ok(files.length > 0 && files.every((key) => /d_month=2024-02\/n_bucket=\d\/.*\.orc$/.test(key)));
            assert.deepEqual(await values("SELECT count(*), max(d) FROM days"), ["3 2024-02-03"]);
        });

        it("goes where the query's results go without a location", async () => {
            await queries.succeed(
                "CREATE TABLE plain WITH (table_type = 'ICEBERG', is_external = false) AS SELECT 1 AS a",
            );
            assert.match(
                (await get("plain")).StorageDescriptor?.Location ?? "",
                /^s3:\/\/results\/tables\/[0-9a-f-]{36}\/?$/,
            );
        });

        it("is refused what only tables of Hive's have", async () => {
            const ctas = (more: string) => `CREATE TABLE bad WITH (table_type = 'ICEBERG', ${more}) AS SELECT 1 AS a`;
            assert.match(await reason(ctas("is_external = true")), /^INVALID_TABLE_PROPERTY: .*is_external = false/);
            assert.match(
                await reason(ctas("is_external = false, external_location = 's3://lake/bad/'")),
                /^INVALID_TABLE_PROPERTY: external_location is not supported for Iceberg tables; use location/,
            );
            assert.match(
                await reason(ctas("is_external = false, wishes = 3")),
                /Unsupported table property key: wishes/,
            );
            assert.equal(await errorName(get("bad")), "EntityNotFoundException");
        });
    });

    describe("refuses", () => {
        before(() =>
            queries.succeed("CREATE TABLE hive WITH (partitioned_by = ARRAY['p']) AS SELECT 1 AS a, 'x' AS p"),
        );

        const changes = [
            "UPDATE hive SET a = 2",
            "DELETE FROM hive WHERE p = 'x'",
            "MERGE INTO hive USING (VALUES 1) s(a) ON hive.a = s.a WHEN MATCHED THEN UPDATE SET a = 2",
        ];
        for (const sql of changes) {
            it(`${sql.split(" ")[0]} of a Hive table's rows`, async () => {
                assert.equal(
                    await reason(sql),
                    "NOT_SUPPORTED: Modifying Hive table rows is only supported for transactional tables",
                );
                assert.deepEqual(await values("SELECT a, p FROM hive"), ["1 x"]);
            });
        }

        it("OPTIMIZE and VACUUM of other tables", async () => {
            assert.match(await reason("VACUUM hive"), /^NOT_SUPPORTED: VACUUM is supported for Iceberg tables only/);
            assert.match(await reason("OPTIMIZE hive REWRITE DATA USING BIN_PACK"), /^NOT_SUPPORTED: OPTIMIZE/);
            assert.match(await reason("VACUUM nowhere"), /Table not found/);
        });

        it("tables that Athena does not make", async () => {
            const create = (more: string, type = "int") => `CREATE TABLE bad (a ${type}) ${more}`;
            const iceberg = "LOCATION 's3://lake/bad/' TBLPROPERTIES ('table_type'='ICEBERG')";
            assert.match(await reason(create("LOCATION 's3://lake/bad/'")), /makes Iceberg tables only/);
            assert.match(await reason(create(iceberg, "tinyint")), /^NOT_SUPPORTED: Iceberg has no type tinyint/);
            assert.match(
                await reason(create(`PARTITIONED BY (b) ${iceberg}`)),
                /^COLUMN_NOT_FOUND: Partition column b/,
            );
            assert.match(
                await reason(`CREATE EXTERNAL TABLE bad (a int) ${iceberg}`),
                /External keyword not supported for table type ICEBERG/,
            );
        });
    });
});
