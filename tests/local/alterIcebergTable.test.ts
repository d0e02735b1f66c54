/** ALTER TABLE of Iceberg tables in the local Athena, and what is shown of them afterwards. */
import * as assert from "node:assert/strict";
import { Shop } from "./alterTableSupport";

describe("local Athena: ALTER TABLE of Iceberg tables", function () {
    this.timeout(300_000);
    let shop: Shop;

    before(async () => (shop = await Shop.open()));
    after(() => shop.local.stop());

    const parameters = async (name: string) =>
        ((await shop.table(name)).StorageDescriptor?.Columns ?? []).map(({ Name, Parameters: of = {} }) =>
            [Name, of["iceberg.field.id"], of["iceberg.field.optional"], of["iceberg.field.current"]].join(" "),
        );

    before(async () => {
        await shop.queries.succeed(
            `CREATE TABLE orders (id int COMMENT 'the key', item string, at struct<x: int>, day date)
             PARTITIONED BY (day, bucket(4, id)) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')`,
        );
        await shop.queries.succeed("INSERT INTO orders VALUES (1, 'apple', ROW(5), DATE '2024-05-01')");
    });

    it("has the ids of fields in the catalog, before and after a write", async () => {
        const expected = ["id 1 true true", "item 2 true true", "at 3 true true", "day 4 true true"];
        assert.deepEqual(await parameters("orders"), expected);
        const { Parameters = {} } = await shop.table("orders");
        assert.deepEqual(
            Object.keys(Parameters).filter((name) => name.startsWith("trino")),
            [],
        );
    });

    it("adds, widens, renames, moves and drops columns, and reads what was written before", async () => {
        await shop.queries.succeed(
            "ALTER TABLE orders ADD COLUMNS (amount decimal(5,2) COMMENT 'EUR', rate float, gone int)",
        );
        await shop.queries.succeed("INSERT INTO orders VALUES (2, 'bread', ROW(6), DATE '2024-05-02', 2.50, 1.5, 7)");
        await shop.queries.succeed("ALTER TABLE orders CHANGE COLUMN id number bigint COMMENT 'no.' AFTER item");
        await shop.queries.succeed("ALTER TABLE orders CHANGE amount amount decimal(9,2) FIRST");
        await shop.queries.succeed("ALTER TABLE orders CHANGE rate rate double");
        await shop.queries.succeed("ALTER TABLE orders CHANGE at at struct<y: string, x: bigint>");
        await shop.queries.succeed("ALTER TABLE orders DROP COLUMN gone");
        assert.deepEqual(await shop.columnsOf("orders"), [
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
        assert.deepEqual(await shop.values("SELECT number, amount, at.x, at.y, rate FROM orders ORDER BY number"), [
            "1  5  ",
            "2 2.50 6  1.5",
        ]);
    });

    it("filters by a widened column before and after the next write", async () => {
        const filtered = () => shop.values("SELECT item FROM orders WHERE number = 2 AND rate > 1 AND amount = 2.5");
        assert.deepEqual(await filtered(), ["bread"]);
        assert.deepEqual(await shop.values("SELECT number FROM orders WHERE at.x > 5 AND day > DATE '2024-01-01'"), [
            "2",
        ]);
        await shop.queries.succeed("ALTER TABLE orders ADD COLUMNS (late string)");
        assert.deepEqual(await shop.values("SELECT count(*) FROM orders WHERE late IS NULL AND number > 0"), ["2"]);
        await shop.queries.succeed("ALTER TABLE orders DROP COLUMN late");
        await shop.queries.succeed(
            "INSERT INTO orders VALUES (100.00, 'cheese', 5000000000, ROW('z', 6000000000), DATE '2024-05-03', 1e300)",
        );
        assert.deepEqual(await filtered(), ["bread"]);
        assert.deepEqual(await shop.values("SELECT at.y, rate FROM orders WHERE number = 5000000000"), ["z 1.0E300"]);
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
            assert.equal(await shop.refused(`ALTER TABLE orders ${change}`), reason);
        }
    });

    it("sets, shows and unsets its properties, and shows what would make it again", async () => {
        await shop.queries.succeed(
            "ALTER TABLE orders SET TBLPROPERTIES ('write_compression' = 'snappy', 'vacuum_max_snapshot_age_seconds' = '60')",
        );
        assert.deepEqual(await shop.lines("SHOW TBLPROPERTIES orders"), [
            "format\tparquet",
            "write_compression\tsnappy",
            "vacuum_max_snapshot_age_seconds\t60",
        ]);
        await shop.queries.succeed("ALTER TABLE orders UNSET TBLPROPERTIES ('vacuum_max_snapshot_age_seconds')");
        const statement = (await shop.lines("SHOW CREATE TABLE orders")).join("\n");
        assert.equal(
            statement,
            "CREATE TABLE shop.orders (\n  `amount` decimal(9,2) COMMENT 'EUR',\n  `item` string,\n" +
                "  `number` bigint COMMENT 'no.',\n  `at` struct<y:string,x:bigint>,\n  `day` date,\n  `rate` double)\n" +
                "PARTITIONED BY (`day`, bucket(4, `number`))\nLOCATION 's3://lake/orders'\nTBLPROPERTIES (\n" +
                "  'table_type'='iceberg',\n  'format'='parquet',\n  'write_compression'='snappy'\n);",
        );
        await shop.queries.succeed(statement.replace("shop.orders", "again").replace("lake/orders", "lake/again"));
        assert.deepEqual((await shop.columnsOf("again")).slice(0, 2), ["amount decimal(9,2) EUR", "item string"]);
    });

    it("describes it with its partition spec", async () => {
        assert.deepEqual(await shop.lines("DESCRIBE orders"), [
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
        assert.equal((await shop.lines("SHOW COLUMNS IN orders")).length, 6);
    });

    it("renames it, into another database too", async () => {
        await shop.queries.succeed("CREATE DATABASE attic");
        await shop.queries.succeed("ALTER TABLE orders RENAME TO attic.sold");
        assert.match(await shop.refused("SELECT * FROM orders"), /^TABLE_NOT_FOUND/);
        assert.deepEqual(await shop.values("SELECT count(*) FROM attic.sold"), ["3"]);
        assert.equal(
            await shop.refused("ALTER TABLE attic.sold RENAME TO again"),
            "TABLE_ALREADY_EXISTS: Table already exists: shop.again",
        );
    });

    it("has the ids of fields of a table made by CTAS, and shows what makes it", async () => {
        await shop.queries.succeed(
            `CREATE TABLE copy WITH (table_type = 'ICEBERG', is_external = false, location = 's3://lake/copy/') AS
             SELECT number, item FROM attic.sold`,
        );
        assert.deepEqual(await parameters("copy"), ["number 1 true true", "item 2 true true"]);
        assert.equal((await shop.lines("SHOW CREATE TABLE copy"))[0], "CREATE TABLE shop.copy (");
    });
});
