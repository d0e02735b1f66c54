/** ALTER TABLE in the local Athena, of Hive tables and of Iceberg tables, and what is shown of both afterwards. */
import * as assert from "node:assert/strict";
import { CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import {
    GetPartitionCommand,
    GetTableCommand,
    UpdateTableCommand,
    type Column,
    type Table,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { tableInputOf } from "../../local/athena/catalog/shared";
import { Queries } from "./athenaSupport";
import { TestLocal } from "./support";

const database = "shop";
const ddlTask = "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask.";

describe("local Athena: ALTER TABLE", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;

    before(async () => {
        local = await TestLocal.start();
        for (const bucket of ["lake", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        queries = new Queries(local.local, "analysts", database);
        const ResultConfiguration = { OutputLocation: "s3://results/" };
        await queries.client.send(
            new CreateWorkGroupCommand({ Name: "analysts", Configuration: { ResultConfiguration } }),
        );
        await queries.succeed(`CREATE DATABASE ${database}`);
    });
    after(() => local.stop());

    const get = async (Name: string) =>
        (await local.glue.send(new GetTableCommand({ DatabaseName: database, Name }))).Table as Table;
    const spelled = (columns: Column[] = []) =>
        columns.map(({ Name, Type, Comment }) => `${Name} ${Type}${Comment ? ` ${Comment}` : ""}`);
    const columnsOf = async (name: string) => spelled((await get(name)).StorageDescriptor?.Columns);
    const refused = async (sql: string) => {
        const { Status } = await queries.run(sql);
        assert.equal(Status?.State, "FAILED", sql);
        return Status?.StateChangeReason ?? "";
    };
    const lines = async (sql: string) => (await queries.select(sql)).map((row) => row.join("\t"));
    const values = async (sql: string) => (await queries.select(sql)).slice(1).map((row) => row.join(" "));

    describe("of a Hive table", () => {
        before(async () => {
            await queries.succeed(
                `CREATE EXTERNAL TABLE sales (id int COMMENT 'the key', item string) PARTITIONED BY (y int)
                 STORED AS PARQUET LOCATION 's3://lake/sales/' TBLPROPERTIES ('team' = 'a')`,
            );
            await queries.succeed("INSERT INTO sales VALUES (1, 'apple', 2023), (2, 'bread', 2024)");
        });

        it("adds columns, which older partitions answer as NULL", async () => {
            const execution = await queries.succeed(
                "ALTER TABLE sales ADD COLUMNS (amount decimal(5,2) COMMENT 'EUR')",
            );
            assert.deepEqual([execution.StatementType, execution.SubstatementType], ["DDL", "ALTER_TABLE_ADD_COLUMNS"]);
            assert.deepEqual(await columnsOf("sales"), ["id int the key", "item string", "amount decimal(5,2) EUR"]);
            await queries.succeed("INSERT INTO sales VALUES (3, 'cheese', 9.99, 2025)");
            assert.deepEqual(await values("SELECT id, amount FROM sales ORDER BY id"), ["1 ", "2 ", "3 9.99"]);
        });

        it("changes a column's name, type, comment and place", async () => {
            await queries.succeed("ALTER TABLE sales CHANGE COLUMN amount price decimal(7,2) FIRST");
            await queries.succeed("ALTER TABLE sales CHANGE id id bigint COMMENT 'number' AFTER item");
            assert.deepEqual(await columnsOf("sales"), ["price decimal(7,2) EUR", "item string", "id bigint number"]);
            assert.equal(
                await refused("ALTER TABLE sales CHANGE nix n int"),
                `${ddlTask} Invalid column reference nix`,
            );
            assert.equal(await refused("ALTER TABLE sales CHANGE id y int"), `${ddlTask} Duplicate column name: y`);
            assert.equal(
                await refused("ALTER TABLE sales CHANGE id id int AFTER nix"),
                `${ddlTask} Invalid column reference nix`,
            );
        });

        it("replaces columns, of the table or of one partition", async () => {
            await queries.succeed("ALTER TABLE sales REPLACE COLUMNS (id int, item string)");
            await queries.succeed("ALTER TABLE sales PARTITION (y = 2025) REPLACE COLUMNS (id int)");
            assert.deepEqual(await columnsOf("sales"), ["id int", "item string"]);
            const { Partition } = await local.glue.send(
                new GetPartitionCommand({ DatabaseName: database, TableName: "sales", PartitionValues: ["2025"] }),
            );
            assert.deepEqual(spelled(Partition?.StorageDescriptor?.Columns), ["id int"]);
            assert.match(await refused("ALTER TABLE sales ADD COLUMNS (d date)"), /columns of type date.*: d\./);
            await queries.succeed(
                `CREATE EXTERNAL TABLE lines (a string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
                 LOCATION 's3://lake/lines/'`,
            );
            assert.equal(
                await refused("ALTER TABLE lines REPLACE COLUMNS (b string)"),
                `${ddlTask} Replace columns is not supported for table lines. SerDe may be incompatible.`,
            );
        });

        it("sets the location of a partition, and renames it", async () => {
            await queries.succeed("ALTER TABLE sales PARTITION (y = 2023) SET LOCATION 's3://lake/sales/y=2024/'");
            assert.deepEqual(await values("SELECT y, item FROM sales WHERE y < 2025 ORDER BY y"), [
                "2023 bread",
                "2024 bread",
            ]);
            await queries.succeed("ALTER TABLE sales PARTITION (y = 2023) RENAME TO PARTITION (y = 2022)");
            assert.deepEqual((await lines("SHOW PARTITIONS sales")).sort(), ["y=2022", "y=2024", "y=2025"]);
            assert.match(await refused("ALTER TABLE sales PARTITION (y = 1) SET LOCATION 's3://lake/x/'"), /y=1\)$/);
            assert.equal(
                await refused("ALTER TABLE sales PARTITION (y = 2022) RENAME TO PARTITION (y = 2024)"),
                `${ddlTask} Unable to rename partition. Partition already exists: y=2024`,
            );
            await queries.succeed("ALTER TABLE lines SET LOCATION 's3://lake/elsewhere/'");
            assert.equal((await get("lines")).StorageDescriptor?.Location, "s3://lake/elsewhere/");
            assert.match(await refused("ALTER TABLE lines SET LOCATION '/tmp'"), /'\/tmp' must be an S3 path/);
        });

        it("sets and unsets properties", async () => {
            await queries.succeed("ALTER TABLE sales SET TBLPROPERTIES ('team' = 'b', 'note' = 'it\\'s')");
            assert.deepEqual(await lines("SHOW TBLPROPERTIES sales('note')"), ["note\tit's"]);
            await queries.succeed("ALTER TABLE sales UNSET TBLPROPERTIES ('note')");
            await queries.succeed("ALTER TABLE sales UNSET TBLPROPERTIES IF EXISTS ('note')");
            const { Parameters } = await get("sales");
            assert.deepEqual([Parameters?.team, Parameters?.note], ["b", undefined]);
            assert.match(await refused("ALTER TABLE sales UNSET TBLPROPERTIES ('note')"), /Error 10215/);
        });

        it("refuses what Hive tables do not have, views and what is not there", async () => {
            assert.match(
                await refused("ALTER TABLE sales RENAME TO sold"),
                /RENAME TO is supported for Iceberg tables/,
            );
            assert.match(await refused("ALTER TABLE sales DROP COLUMN item"), /DROP COLUMN is for Iceberg tables/);
            await queries.succeed("CREATE VIEW v AS SELECT id, item, ARRAY[ROW(1, 'a')] pairs FROM sales");
            assert.match(await refused("ALTER TABLE v ADD COLUMNS (a int)"), /Error 10132/);
            assert.match(await refused("ALTER TABLE nix ADD COLUMNS (a int)"), /Table not found shop\.nix$/);
        });

        it("has the columns of a view in the catalog, in Hive's types", async () => {
            await queries.succeed(
                `CREATE OR REPLACE VIEW v AS SELECT id, item, CAST(1.5 AS decimal(5,2)) price, CAST(1 AS real) r,
                    CAST(ROW('x', MAP(ARRAY['k'], ARRAY[1])) AS ROW("my name" varchar, m map(varchar, integer))) pair,
                    timestamp '2024-01-01 00:00:00' at, ARRAY[X'00'] bytes, CAST('a' AS varchar(3)) short FROM sales`,
            );
            assert.deepEqual(await columnsOf("v"), [
                "id int",
                "item string",
                "price decimal(5,2)",
                "r float",
                "pair struct<my_name:string,m:map<string,int>>",
                "at timestamp",
                "bytes array<binary>",
                "short varchar(3)",
            ]);
            assert.deepEqual(await values("SELECT price, pair.m['k'] FROM v WHERE item = 'bread' LIMIT 1"), ["1.50 1"]);
        });
    });

    it("reads a view that was described in the catalog, and makes it anew", async () => {
        await queries.succeed("CREATE VIEW described AS SELECT 1 a");
        const table = await get("described");
        await local.glue.send(
            new UpdateTableCommand({
                DatabaseName: database,
                TableInput: {
                    ...tableInputOf(table),
                    Description: "all of it",
                    Parameters: { ...table.Parameters, comment: "all of it" },
                },
            }),
        );
        assert.deepEqual(await values("SELECT a FROM described"), ["1"]);
        const { Description, Parameters } = await get("described");
        assert.deepEqual([Description, Parameters?.comment], ["all of it", "all of it"]);
        await queries.succeed("CREATE OR REPLACE VIEW described AS SELECT 2 a");
        assert.deepEqual(await values("SELECT a FROM described"), ["2"]);
        assert.equal((await get("described")).Parameters?.comment, "Presto View");
    });

    describe("of an Iceberg table", () => {
        const parameters = async (name: string) =>
            ((await get(name)).StorageDescriptor?.Columns ?? []).map(({ Name, Parameters: of = {} }) =>
                [Name, of["iceberg.field.id"], of["iceberg.field.optional"], of["iceberg.field.current"]].join(" "),
            );

        before(async () => {
            await queries.succeed(
                `CREATE TABLE orders (id int COMMENT 'the key', item string, at struct<x: int>, day date)
                 PARTITIONED BY (day, bucket(4, id)) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')`,
            );
            await queries.succeed("INSERT INTO orders VALUES (1, 'apple', ROW(5), DATE '2024-05-01')");
        });

        it("has the ids of fields in the catalog, before and after a write", async () => {
            const expected = ["id 1 true true", "item 2 true true", "at 3 true true", "day 4 true true"];
            assert.deepEqual(await parameters("orders"), expected);
            const { Parameters = {} } = await get("orders");
            assert.deepEqual(
                Object.keys(Parameters).filter((name) => name.startsWith("trino")),
                [],
            );
        });

        it("adds, widens, renames, moves and drops columns, and reads what was written before", async () => {
            await queries.succeed(
                "ALTER TABLE orders ADD COLUMNS (amount decimal(5,2) COMMENT 'EUR', rate float, gone int)",
            );
            await queries.succeed("INSERT INTO orders VALUES (2, 'bread', ROW(6), DATE '2024-05-02', 2.50, 1.5, 7)");
            await queries.succeed("ALTER TABLE orders CHANGE COLUMN id number bigint COMMENT 'no.' AFTER item");
            await queries.succeed("ALTER TABLE orders CHANGE amount amount decimal(9,2) FIRST");
            await queries.succeed("ALTER TABLE orders CHANGE rate rate double");
            await queries.succeed("ALTER TABLE orders CHANGE at at struct<y: string, x: bigint>");
            await queries.succeed("ALTER TABLE orders DROP COLUMN gone");
            assert.deepEqual(await columnsOf("orders"), [
                "amount decimal(9,2) EUR",
                "item string",
                "number bigint no.",
                "at struct<y:string,x:bigint>",
                "day date",
                "rate double",
                "id int the key",
                "gone int",
            ]);
            assert.deepEqual((await parameters("orders")).slice(-3), [
                "rate 7 true true",
                "id 1 true false",
                "gone 8 true false",
            ]);
            assert.deepEqual(await values("SELECT number, amount, at.x, at.y, rate FROM orders ORDER BY number"), [
                "1  5  ",
                "2 2.50 6  1.5",
            ]);
        });

        it("filters by a widened column before and after the next write", async () => {
            const filtered = () => values("SELECT item FROM orders WHERE number = 2 AND rate > 1 AND amount = 2.5");
            assert.deepEqual(await filtered(), ["bread"]);
            assert.deepEqual(await values("SELECT number FROM orders WHERE at.x > 5 AND day > DATE '2024-01-01'"), [
                "2",
            ]);
            await queries.succeed("ALTER TABLE orders ADD COLUMNS (late string)");
            assert.deepEqual(await values("SELECT count(*) FROM orders WHERE late IS NULL AND number > 0"), ["2"]);
            await queries.succeed("ALTER TABLE orders DROP COLUMN late");
            await queries.succeed(
                "INSERT INTO orders VALUES (100.00, 'cheese', 5000000000, ROW('z', 6000000000), DATE '2024-05-03', 1e300)",
            );
            assert.deepEqual(await filtered(), ["bread"]);
            assert.deepEqual(await values("SELECT at.y, rate FROM orders WHERE number = 5000000000"), ["z 1.0E300"]);
        });

        it("refuses what would not read again, and names taken or missing", async () => {
            const faults = {
                "CHANGE number number int": "NOT_SUPPORTED: Cannot change column type: number: long -> int",
                "CHANGE item item int": "NOT_SUPPORTED: Cannot change column type: item: string -> int",
                "CHANGE nix n int": "COLUMN_NOT_FOUND: Column 'nix' does not exist",
                "CHANGE item day string": "COLUMN_ALREADY_EXISTS: Cannot rename item to day, name already exists",
                "ADD COLUMNS (item int)": "COLUMN_ALREADY_EXISTS: Cannot add column, name already exists: item",
                "ADD COLUMNS (small tinyint)": "NOT_SUPPORTED: Iceberg has no type tinyint.",
                "DROP COLUMN day": "NOT_SUPPORTED: Cannot drop a column that a partition spec uses: day",
                "DROP COLUMN gone": "COLUMN_NOT_FOUND: Column 'gone' does not exist",
                "REPLACE COLUMNS (a int)":
                    "NOT_SUPPORTED: ALTER TABLE REPLACE COLUMNS is not supported for Iceberg tables; use CHANGE COLUMN",
                "SET LOCATION 's3://lake/x/'":
                    "NOT_SUPPORTED: ALTER TABLE SET LOCATION is not supported for Iceberg tables",
                "SET TBLPROPERTIES ('note' = 'x')": "INVALID_TABLE_PROPERTY: Unsupported table property key: note",
            };
            for (const [change, reason] of Object.entries(faults)) {
                assert.equal(await refused(`ALTER TABLE orders ${change}`), reason);
            }
        });

        it("sets, shows and unsets its properties, and shows what would make it again", async () => {
            await queries.succeed(
                "ALTER TABLE orders SET TBLPROPERTIES ('write_compression' = 'snappy', 'vacuum_max_snapshot_age_seconds' = '60')",
            );
            assert.deepEqual(await lines("SHOW TBLPROPERTIES orders"), [
                "format\tparquet",
                "write_compression\tsnappy",
                "vacuum_max_snapshot_age_seconds\t60",
            ]);
            await queries.succeed("ALTER TABLE orders UNSET TBLPROPERTIES ('vacuum_max_snapshot_age_seconds')");
            const statement = (await lines("SHOW CREATE TABLE orders")).join("\n");
            assert.equal(
                statement,
                "CREATE TABLE shop.orders (\n  `amount` decimal(9,2) COMMENT 'EUR',\n  `item` string,\n" +
                    "  `number` bigint COMMENT 'no.',\n  `at` struct<y:string,x:bigint>,\n  `day` date,\n  `rate` double)\n" +
                    "PARTITIONED BY (`day`, bucket(4, `number`))\nLOCATION 's3://lake/orders'\nTBLPROPERTIES (\n" +
                    "  'table_type'='iceberg',\n  'format'='parquet',\n  'write_compression'='snappy'\n);",
            );
            await queries.succeed(statement.replace("shop.orders", "again").replace("lake/orders", "lake/again"));
            assert.deepEqual((await columnsOf("again")).slice(0, 2), ["amount decimal(9,2) EUR", "item string"]);
        });

        it("describes it with its partition spec", async () => {
            assert.deepEqual(await lines("DESCRIBE orders"), [
                "# Table schema:\t\t",
                "# col_name\tdata_type\tcomment",
                "amount\tdecimal(9,2)\tEUR",
                "item\tstring\t",
                "number\tbigint\tno.",
                "at\tstruct<y:string,x:bigint>\t",
                "day\tdate\t",
                "rate\tdouble\t",
                "\t\t",
                "# Partition spec:\t\t",
                "# field_name\tfield_transform\tcolumn_name",
                "day\tidentity\tday",
                "id_bucket\tbucket[4]\tnumber",
            ]);
            assert.equal((await lines("SHOW COLUMNS IN orders")).length, 6);
        });

        it("renames it, into another database too", async () => {
            await queries.succeed("CREATE DATABASE attic");
            await queries.succeed("ALTER TABLE orders RENAME TO attic.sold");
            assert.match(await refused("SELECT * FROM orders"), /^TABLE_NOT_FOUND/);
            assert.deepEqual(await values("SELECT count(*) FROM attic.sold"), ["3"]);
            assert.equal(
                await refused("ALTER TABLE attic.sold RENAME TO again"),
                "TABLE_ALREADY_EXISTS: Table already exists: shop.again",
            );
        });

        it("has the ids of fields of a table made by CTAS, and shows what makes it", async () => {
            await queries.succeed(
                `CREATE TABLE copy WITH (table_type = 'ICEBERG', is_external = false, location = 's3://lake/copy/') AS
                 SELECT number, item FROM attic.sold`,
            );
            assert.deepEqual(await parameters("copy"), ["number 1 true true", "item 2 true true"]);
            assert.equal((await lines("SHOW CREATE TABLE copy"))[0], "CREATE TABLE shop.copy (");
        });
    });
});
