/** ALTER TABLE of Hive tables in the local Athena, and views in the catalog. */
import * as assert from "node:assert/strict";
import { GetDatabaseCommand, GetPartitionCommand, UpdateTableCommand } from "@aws-sdk/client-glue";
import { tableInputOf } from "../../local/athena/catalog/shared";
import { database, Shop, spelled } from "./alterTableSupport";

const ddlTask = "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask.";

describe("local Athena: ALTER TABLE of Hive tables", function () {
    this.timeout(300_000);
    let shop: Shop;

    before(async () => (shop = await Shop.open()));
    after(() => shop.local.stop());

    before(async () => {
        await shop.queries.succeed(
            `CREATE EXTERNAL TABLE sales (id int COMMENT 'the key', item string) PARTITIONED BY (y int)
             STORED AS PARQUET LOCATION 's3://lake/sales/' TBLPROPERTIES ('team' = 'a')`,
        );
        await shop.queries.succeed("INSERT INTO sales VALUES (1, 'apple', 2023), (2, 'bread', 2024)");
    });

    it("adds columns, which older partitions answer as NULL", async () => {
        const execution = await shop.queries.succeed(
            "ALTER TABLE sales ADD COLUMNS (amount decimal(5,2) COMMENT 'EUR')",
        );
        assert.deepEqual([execution.StatementType, execution.SubstatementType], ["DDL", "ALTER_TABLE_ADD_COLUMNS"]);
        assert.deepEqual(await shop.columnsOf("sales"), ["id int the key", "item string", "amount decimal(5,2) EUR"]);
        await shop.queries.succeed("INSERT INTO sales VALUES (3, 'cheese', 9.99, 2025)");
        assert.deepEqual(await shop.values("SELECT id, amount FROM sales ORDER BY id"), ["1 ", "2 ", "3 9.99"]);
    });

    it("changes a column's name, type, comment and place", async () => {
        await shop.queries.succeed("ALTER TABLE sales CHANGE COLUMN amount price decimal(7,2) FIRST");
        await shop.queries.succeed("ALTER TABLE sales CHANGE id id bigint COMMENT 'number' AFTER item");
        assert.deepEqual(await shop.columnsOf("sales"), ["price decimal(7,2) EUR", "item string", "id bigint number"]);
        assert.equal(
            await shop.refused("ALTER TABLE sales CHANGE nix n int"),
            `${ddlTask} Invalid column reference nix`,
        );
        assert.equal(await shop.refused("ALTER TABLE sales CHANGE id y int"), `${ddlTask} Duplicate column name: y`);
        assert.equal(
            await shop.refused("ALTER TABLE sales CHANGE id id int AFTER nix"),
            `${ddlTask} Invalid column reference nix`,
        );
    });

    it("replaces columns, of the table or of one partition", async () => {
        await shop.queries.succeed("ALTER TABLE sales REPLACE COLUMNS (id int, item string)");
        await shop.queries.succeed("ALTER TABLE sales PARTITION (y = 2025) REPLACE COLUMNS (id int)");
        assert.deepEqual(await shop.columnsOf("sales"), ["id int", "item string"]);
        const { Partition } = await shop.local.glue.send(
            new GetPartitionCommand({ DatabaseName: database, TableName: "sales", PartitionValues: ["2025"] }),
        );
        assert.deepEqual(spelled(Partition?.StorageDescriptor?.Columns), ["id int"]);
        assert.match(await shop.refused("ALTER TABLE sales ADD COLUMNS (d date)"), /columns of type date.*: d\./);
        await shop.queries.succeed(
            `CREATE EXTERNAL TABLE lines (a string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
             LOCATION 's3://lake/lines/'`,
        );
        assert.equal(
            await shop.refused("ALTER TABLE lines REPLACE COLUMNS (b string)"),
            `${ddlTask} Replace columns is not supported for table lines. SerDe may be incompatible.`,
        );
    });

    it("sets the location of a partition, and renames it", async () => {
        await shop.queries.succeed("ALTER TABLE sales PARTITION (y = 2023) SET LOCATION 's3://lake/sales/y=2024/'");
        assert.deepEqual(await shop.values("SELECT y, item FROM sales WHERE y < 2025 ORDER BY y"), [
            "2023 bread",
            "2024 bread",
        ]);
        await shop.queries.succeed("ALTER TABLE sales PARTITION (y = 2023) RENAME TO PARTITION (y = 2022)");
        assert.deepEqual((await shop.lines("SHOW PARTITIONS sales")).sort(), ["y=2022", "y=2024", "y=2025"]);
        assert.match(await shop.refused("ALTER TABLE sales PARTITION (y = 1) SET LOCATION 's3://lake/x/'"), /y=1\)$/);
        assert.equal(
            await shop.refused("ALTER TABLE sales PARTITION (y = 2022) RENAME TO PARTITION (y = 2024)"),
            `${ddlTask} Unable to rename partition. Partition already exists: y=2024`,
        );
        await shop.queries.succeed("ALTER TABLE lines SET LOCATION 's3://lake/elsewhere/'");
        assert.equal((await shop.table("lines")).StorageDescriptor?.Location, "s3://lake/elsewhere/");
        assert.match(await shop.refused("ALTER TABLE lines SET LOCATION '/tmp'"), /'\/tmp' must be an S3 path/);
    });

    it("sets and unsets properties", async () => {
        await shop.queries.succeed("ALTER TABLE sales SET TBLPROPERTIES ('team' = 'b', 'note' = 'it\\'s')");
        assert.deepEqual(await shop.lines("SHOW TBLPROPERTIES sales('note')"), ["note\tit's"]);
        await shop.queries.succeed("ALTER TABLE sales UNSET TBLPROPERTIES ('note')");
        await shop.queries.succeed("ALTER TABLE sales UNSET TBLPROPERTIES IF EXISTS ('note')");
        const { Parameters } = await shop.table("sales");
        assert.deepEqual([Parameters?.team, Parameters?.note], ["b", undefined]);
        assert.match(await shop.refused("ALTER TABLE sales UNSET TBLPROPERTIES ('note')"), /Error 10215/);
    });

    it("refuses what Hive tables do not have, views and what is not there", async () => {
        assert.match(
            await shop.refused("ALTER TABLE sales RENAME TO sold"),
            /RENAME TO is supported for Iceberg tables/,
        );
        assert.match(await shop.refused("ALTER TABLE sales DROP COLUMN item"), /DROP COLUMN is for Iceberg tables/);
        await shop.queries.succeed("CREATE VIEW v AS SELECT id, item, ARRAY[ROW(1, 'a')] pairs FROM sales");
        assert.match(await shop.refused("ALTER TABLE v ADD COLUMNS (a int)"), /Error 10132/);
        assert.match(await shop.refused("ALTER TABLE nix ADD COLUMNS (a int)"), /Table not found shop\.nix$/);
    });

    it("has the columns of a view in the catalog, in Hive's types", async () => {
        await shop.queries.succeed(
            `CREATE OR REPLACE VIEW v AS SELECT id, item, CAST(1.5 AS decimal(5,2)) price, CAST(1 AS real) r,
                CAST(ROW('x', MAP(ARRAY['k'], ARRAY[1])) AS ROW("my name" varchar, m map(varchar, integer))) pair,
                timestamp '2024-01-01 00:00:00' at, ARRAY[X'00'] bytes, CAST('a' AS varchar(3)) short FROM sales`,
        );
        assert.deepEqual(await shop.columnsOf("v"), [
            "id int",
            "item string",
            "price decimal(5,2)",
            "r float",
            "pair struct<my_name:string,m:map<string,int>>",
            "at timestamp",
            "bytes array<binary>",
            "short varchar(3)",
        ]);
        assert.deepEqual(await shop.values("SELECT price, pair.m['k'] FROM v WHERE item = 'bread' LIMIT 1"), [
            "1.50 1",
        ]);
    });

    it("sets properties of a database", async () => {
        await shop.queries.succeed("CREATE DATABASE described COMMENT 'all' WITH DBPROPERTIES ('a' = '1', 'b' = '2')");
        await shop.queries.succeed("ALTER DATABASE described SET DBPROPERTIES ('b' = '3', 'c' = 'it''s')");
        const { Database } = await shop.local.glue.send(new GetDatabaseCommand({ Name: "described" }));
        assert.deepEqual([Database?.Description, Database?.Parameters], ["all", { a: "1", b: "3", c: "it's" }]);
        assert.match(await shop.refused("ALTER SCHEMA nix SET DBPROPERTIES ('a' = '1')"), /Error 10072.*: nix$/);
    });

    it("reads a view that was described in the catalog, and makes it anew", async () => {
        await shop.queries.succeed("CREATE VIEW described AS SELECT 1 a");
        const table = await shop.table("described");
        await shop.local.glue.send(
            new UpdateTableCommand({
                DatabaseName: database,
                TableInput: {
                    ...tableInputOf(table),
                    Description: "all of it",
                    Parameters: { ...table.Parameters, comment: "all of it" },
                },
            }),
        );
        assert.deepEqual(await shop.values("SELECT a FROM described"), ["1"]);
        const { Description, Parameters } = await shop.table("described");
        assert.deepEqual([Description, Parameters?.comment], ["all of it", "all of it"]);
        await shop.queries.succeed("CREATE OR REPLACE VIEW described AS SELECT 2 a");
        assert.deepEqual(await shop.values("SELECT a FROM described"), ["2"]);
        assert.equal((await shop.table("described")).Parameters?.comment, "Presto View");
    });
});
