/** Statements on tables and views, in their order: https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html */
import type { StatementCase } from "./statements";

const serde = (name: string, properties = "") => `ROW FORMAT SERDE '${name}' ${properties}`;

/** Text that a SerDe reads, written by a query: one line a row. */
const text = (folder: string, ...lines: string[]): StatementCase => ({
    sql:
        `UNLOAD (SELECT line FROM (VALUES ${lines.map((line) => `'${line}'`).join(", ")}) t(line)) ` +
        `TO 's3://data/${folder}/' WITH (format = 'TEXTFILE')`,
});

export const tables: readonly StatementCase[] = [
    text("csv", '"1","a, b"', '"2","say ""x"""'),
    {
        sql:
            "CREATE EXTERNAL TABLE `csv` (`id` string, `note` string COMMENT 'a note') " +
            serde(
                "org.apache.hadoop.hive.serde2.OpenCSVSerde",
                "WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '\"')",
            ) +
            " LOCATION 's3://data/csv/'",
        rows: [],
        scanned: 0,
    },
    { sql: "SELECT id, note FROM csv WHERE id = '1'", rows: [["1", "a, b"]] },
    text("lazy", "1|x", "2|\\N"),
    {
        sql: "CREATE EXTERNAL TABLE lazy (id int, note string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LOCATION 's3://data/lazy/'",
    },
    {
        sql: "SELECT id, note FROM lazy ORDER BY id",
        rows: [
            ["1", "x"],
            ["2", null],
        ],
    },
    text("json", '{"id": 1, "tags": ["a", "b"], "at": {"x": 2}}'),
    {
        sql: `CREATE EXTERNAL TABLE json (id int, tags array<string>, at struct<x:int>) ${serde("org.openx.data.jsonserde.JsonSerDe")} LOCATION 's3://data/json/'`,
    },
    { sql: "SELECT id, tags[2], at.x FROM json", rows: [["1", "b", "2"]] },
    {
        sql: `CREATE EXTERNAL TABLE json2 (id int, tags array<string>) ${serde("org.apache.hive.hcatalog.data.JsonSerDe")} LOCATION 's3://data/json/'`,
    },
    { sql: "SELECT id, cardinality(tags) FROM json2", rows: [["1", "2"]] },
    text("regex", "GET /a 200", "POST /b 404"),
    {
        sql:
            "CREATE EXTERNAL TABLE regex (verb string, path string, status string) " +
            serde(
                "org.apache.hadoop.hive.serde2.RegexSerDe",
                "WITH SERDEPROPERTIES ('input.regex' = '(\\\\S+) (\\\\S+) (\\\\d+)')",
            ) +
            " LOCATION 's3://data/regex/'",
    },
    { sql: "SELECT verb, status FROM regex WHERE path = '/b'", rows: [["POST", "404"]] },
    {
        sql: "CREATE TABLE made WITH (format = 'PARQUET', external_location = 's3://data/made/', partitioned_by = ARRAY['p']) AS SELECT x, 'p' || CAST(x % 2 AS varchar) AS p FROM UNNEST(sequence(1, 4)) t(x)",
    },
    { sql: "SELECT count(*) FROM made", rows: [["4"]], scanned: 0 },
    {
        sql: "SELECT sum(x), p FROM made GROUP BY p ORDER BY p",
        rows: [
            ["6", "p0"],
            ["4", "p1"],
        ],
    },
    { sql: "SHOW PARTITIONS made", rows: [["p=p0"], ["p=p1"]], unordered: true, scanned: 0 },
    { sql: "INSERT INTO made VALUES (9, 'p9')" },
    { sql: "ALTER TABLE made DROP PARTITION (p = 'p9')", scanned: 0 },
    { sql: "SELECT max(x) FROM made", rows: [["4"]] },
    { sql: "MSCK REPAIR TABLE made" },
    { sql: "SELECT max(x) FROM made", rows: [["9"]] },
    {
        sql: "CREATE EXTERNAL TABLE projected (x bigint) PARTITIONED BY (p string) STORED AS PARQUET LOCATION 's3://data/made/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.p.type' = 'enum', 'projection.p.values' = 'p0,p1')",
    },
    { sql: "SELECT sum(x) FROM projected", rows: [["10"]] },
    {
        sql: "CREATE EXTERNAL TABLE injected (x bigint) PARTITIONED BY (p string) STORED AS PARQUET LOCATION 's3://data/made/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.p.type' = 'injected', 'storage.location.template' = 's3://data/made/p=${p}/')",
    },
    { sql: "SELECT sum(x) FROM injected WHERE p = 'p9'", rows: [["9"]] },
    {
        sql: "CREATE TABLE days WITH (external_location = 's3://data/days/', partitioned_by = ARRAY['n', 'd']) AS SELECT 1 AS x, 7 AS n, '2024-01-02' AS d",
    },
    {
        sql: "CREATE EXTERNAL TABLE ranges (x int) PARTITIONED BY (n int, d string) STORED AS PARQUET LOCATION 's3://data/days/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.n.type' = 'integer', 'projection.n.range' = '1,9', 'projection.d.type' = 'date', 'projection.d.range' = '2024-01-01,2024-01-05', 'projection.d.format' = 'yyyy-MM-dd')",
    },
    { sql: "SELECT x, n, d FROM ranges WHERE d > '2024-01-01'", rows: [["1", "7", "2024-01-02"]] },
    { sql: "CREATE VIEW totals AS SELECT p, sum(x) AS total FROM made GROUP BY p", rows: [] },
    { sql: "SELECT total FROM totals WHERE p = 'p0'", rows: [["6"]] },
    { sql: "CREATE OR REPLACE VIEW totals AS SELECT 1 AS one" },
    { sql: 'SELECT * FROM "corpus"."totals"', rows: [["1"]] },
    { sql: 'SELECT count(*) FROM "AwsDataCatalog"."corpus"."totals"', rows: [["1"]] },
    { sql: "SHOW VIEWS", rows: [["totals"]] },
    { sql: "DROP VIEW totals" },
    { sql: "SHOW TABLES 'js*'", rows: [["json"], ["json2"]], scanned: 0 },
    { sql: "SHOW DATABASES LIKE 'corp*'", rows: [["corpus"]] },
    { sql: "CREATE TABLE made AS SELECT 1 AS x", fails: { category: 2, reason: /already exists/ } },
    { sql: "DELETE FROM made WHERE x = 1", fails: { category: 2, reason: /^NOT_SUPPORTED: / } },
    { sql: "DROP TABLE IF EXISTS nowhere", rows: [] },
    { sql: "DROP DATABASE corpus", fails: { category: 2, reason: /is not empty/ } },
];
