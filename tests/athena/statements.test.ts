/** What Athena knows of a statement before an engine sees it. */
import assert from "node:assert/strict";
import { analyze } from "../../local/athena/statements/analyze";
import { CtasFault, planCtas } from "../../local/athena/statements/ctas";
import type { CatalogStatement, CtasStatement } from "../../local/athena/statements/types";

describe("Athena statements", () => {
    const kinds: Record<string, [type: string, subtype: string, result: string]> = {
        "SELECT 1": ["DML", "SELECT", "csv"],
        "-- it's a comment\n/* ; */ with a as (select 1) select * from a": ["DML", "SELECT", "csv"],
        "(VALUES 1)": ["DML", "SELECT", "csv"],
        "VALUES 1": ["DML", "SELECT", "csv"],
        "INSERT INTO t SELECT ';'": ["DML", "INSERT", "none"],
        "EXPLAIN SELECT 1": ["UTILITY", "EXPLAIN", "txt"],
        "CREATE OR REPLACE VIEW v AS SELECT 1 a": ["DDL", "CREATE_VIEW", "txt"],
        "DROP VIEW IF EXISTS v": ["DDL", "DROP_VIEW", "txt"],
        "CREATE TABLE t AS SELECT 1 a": ["DDL", "CREATE_TABLE_AS_SELECT", "none"],
        "DROP TABLE IF EXISTS `db`.`t`": ["DDL", "DROP_TABLE", "txt"],
        "create schema if not exists x location 's3://b/x/'": ["DDL", "CREATE_DATABASE", "txt"],
        "SHOW PARTITIONS db.t": ["UTILITY", "SHOW_PARTITIONS", "txt"],
        "SHOW TABLES IN db 'sales*|v'": ["UTILITY", "SHOW_TABLES", "txt"],
        "DESC t": ["UTILITY", "DESCRIBE_TABLE", "txt"],
        "OPTIMIZE t REWRITE DATA USING BIN_PACK": ["DML", "OPTIMIZE", "txt"],
        "VACUUM `_t`": ["DML", "VACUUM", "txt"],
        'MERGE INTO "awsdatacatalog"."d"."t" t USING s ON t.a = s.a WHEN MATCHED THEN DELETE': ["DML", "MERGE", "none"],
        "update t SET a = 1": ["DML", "UPDATE", "none"],
        "DELETE FROM t": ["DML", "DELETE", "none"],
        "CREATE TABLE t (a int) LOCATION 's3://b/t/'": ["DDL", "CREATE_TABLE", "txt"],
        "ALTER TABLE t ADD COLUMNS (a int)": ["DDL", "ALTER_TABLE_ADD_COLUMNS", "txt"],
        "ALTER TABLE t PARTITION (y = 1) SET LOCATION 's3://b/t/'": ["DDL", "ALTER_TABLE_SET_LOCATION", "txt"],
        "ALTER TABLE t PARTITION (y = 1) RENAME TO PARTITION (y = 2)": ["DDL", "ALTER_TABLE_RENAME_PARTITION", "txt"],
        "ALTER TABLE t CHANGE a b int FIRST": ["DDL", "ALTER_TABLE_CHANGE_COLUMN", "txt"],
        "ALTER TABLE t RENAME TO `d`.`u`": ["DDL", "ALTER_TABLE_RENAME", "txt"],
    };
    for (const [sql, expected] of Object.entries(kinds)) {
        it(`knows ${JSON.stringify(sql)}`, () => {
            const { type, subtype, result } = analyze(sql).statement;
            assert.deepEqual([type, subtype, result], expected);
        });
    }

    it("takes a closing semicolon away, and none inside strings, names and comments", () => {
        assert.equal(analyze("SELECT ';' AS \"a;b\" -- ;\n ; ").text, "SELECT ';' AS \"a;b\" -- ;\n ");
        assert.equal(analyze("SELECT '\\'; -- a backslash is itself").text, "SELECT '\\'");
    });

    const faults: Record<string, string> = {
        "SELECT 1; SELECT 2": "Only one sql statement is allowed. Got: SELECT 1; SELECT 2",
        "DROP TABEL t": "line 1:6: mismatched input 'TABEL'. Expecting: 'DATABASE', 'SCHEMA', 'TABLE', 'VIEW'",
        "VACUUM t WHERE a = 1": "line 1:10: mismatched input 'WHERE'. Expecting: <EOF>",
        "OPTIMIZE t": "line 1:11: mismatched input '<EOF>'. Expecting: 'REWRITE'",
        "MSCK REPAIR\n t": "line 2:2: mismatched input 't'. Expecting: 'TABLE'",
        "SELECT 'open": "line 1:8: mismatched input '''. The quote is never closed",
        "ALTER VIEW v AS SELECT 1": "line 1:7: mismatched input 'VIEW'. Expecting: 'DATABASE', 'SCHEMA', 'TABLE'",
        "ALTER TABLE t TOUCH":
            "line 1:15: mismatched input 'TOUCH'. Expecting: 'ADD', 'CHANGE', 'DROP', 'PARTITION', 'RENAME', 'REPLACE', 'SET', 'UNSET'",
        "ALTER TABLE t PARTITION (y = 1) DROP COLUMN a": "line 1:33: mismatched input 'DROP'. Expecting: 'RENAME'",
        "SHOW PARTITIONS t u": "line 1:19: mismatched input 'u'. Expecting: <EOF>",
        "CREATE EXTERNAL TABLE t (a int)": "line 1:32: mismatched input '<EOF>'. Expecting: 'LOCATION'",
    };
    for (const [sql, message] of Object.entries(faults)) {
        it(`refuses ${JSON.stringify(sql)}`, () => assert.throws(() => analyze(sql), { message }));
    }

    it("reads CREATE EXTERNAL TABLE whole", () => {
        const { action } = analyze(
            "CREATE EXTERNAL TABLE IF NOT EXISTS `my-db`.Raw (id INTEGER COMMENT 'the key', tags array<struct<k:string,v:map<string,decimal(10, 2)>>>) " +
                "COMMENT 'raw' PARTITIONED BY (day string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' " +
                "STORED AS TEXTFILE LOCATION 's3://b/raw/' TBLPROPERTIES (\"skip.header.line.count\"='1')",
        ).statement as CatalogStatement;
        assert.deepEqual(action, {
            do: "createTable",
            table: {
                name: { database: "my-db", table: "raw" },
                ifNotExists: true,
                comment: "raw",
                columns: [
                    { name: "id", type: "int", comment: "the key" },
                    { name: "tags", type: "array<struct<k:string,v:map<string,decimal(10,2)>>>", comment: undefined },
                ],
                partitionKeys: [{ name: "day", type: "string", comment: undefined }],
                serde: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                serdeParameters: { "field.delim": "\t", "serialization.format": "\t", "escape.delim": "\\" },
                inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
                outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                location: "s3://b/raw/",
                properties: { "skip.header.line.count": "1" },
            },
        });
    });

    it("reads CREATE TABLE of an Iceberg table, with its partition transforms", () => {
        const { action } = analyze(
            "CREATE TABLE IF NOT EXISTS db.T (`id` bigint COMMENT 'it\\'s the key', at timestamp, name string) " +
                "PARTITIONED BY (name, bucket(16, id), day(at), truncate(4, `name`)) LOCATION 's3://b/t' " +
                "TBLPROPERTIES ('table_type'='ICEBERG')",
        ).statement as CatalogStatement;
        assert.deepEqual(action, {
            do: "createIcebergTable",
            table: {
                name: { database: "db", table: "t" },
                ifNotExists: true,
                columns: [
                    { name: "id", type: "bigint", comment: "it's the key" },
                    { name: "at", type: "timestamp", comment: undefined },
                    { name: "name", type: "string", comment: undefined },
                ],
                partitioning: [
                    { column: "name", transform: "identity" },
                    { column: "id", transform: "bucket[16]" },
                    { column: "at", transform: "day" },
                    { column: "name", transform: "truncate[4]" },
                ],
                location: "s3://b/t",
                properties: { table_type: "ICEBERG" },
            },
        });
    });

    it("reads the partitions of ALTER TABLE", () => {
        const { action } = analyze(
            "ALTER TABLE t ADD PARTITION (y = 2024, d = 'a''b') LOCATION 's3://b/x' PARTITION (y=-1, d=\"c\")",
        ).statement as CatalogStatement;
        assert.deepEqual(action, {
            do: "addPartitions",
            name: { table: "t" },
            ifNotExists: false,
            partitions: [
                {
                    spec: [
                        { key: "y", value: "2024" },
                        { key: "d", value: "a'b" },
                    ],
                    location: "s3://b/x",
                },
                {
                    spec: [
                        { key: "y", value: "-1" },
                        { key: "d", value: "c" },
                    ],
                    location: undefined,
                },
            ],
        });
    });
});

describe("CTAS for Trino", () => {
    const planned = (sql: string, enforced = false) => {
        const { statement, text } = analyze(sql);
        return planCtas(text, statement as CtasStatement, {
            catalog: "c",
            defaultLocation: "s3://out/tables/1/",
            enforced,
        });
    };

    it("turns Athena's compression into a session property and keeps the rest, lines in place", () => {
        const plan = planned(
            "CREATE TABLE t\nWITH (\n  format = 'PARQUET',\n  write_compression = 'zstd',\n  partitioned_by = ARRAY['y', 'm'])\nAS SELECT 1 a, 2 y, 3 m",
        );
        assert.equal(
            plan.sql,
            "CREATE TABLE t\nWITH (format = 'PARQUET', partitioned_by = ARRAY['y', 'm'], external_location = 's3://out/tables/1/')\n\n\n \nAS SELECT 1 a, 2 y, 3 m",
        );
        assert.deepEqual(plan.session, { "c.compression_codec": "ZSTD" });
    });

    it("adds the location to a CTAS without properties", () => {
        assert.equal(
            planned("CREATE TABLE t AS SELECT 1 a").sql,
            "CREATE TABLE t WITH (external_location = 's3://out/tables/1/') AS SELECT 1 a",
        );
    });

    it("takes the statement's location where the workgroup does not enforce its own", () => {
        const sql = "CREATE TABLE t WITH (external_location = 's3://mine/t/') AS SELECT 1 a";
        assert.equal(planned(sql).location, "s3://mine/t/");
        assert.throws(() => planned(sql, true), CtasFault);
    });

    it("refuses what it would not do", () => {
        assert.throws(() => planned("CREATE TABLE t WITH (compression_level = 3) AS SELECT 1 a"), /only for ZSTD/);
        assert.throws(
            () => planned("CREATE TABLE t WITH (write_compression = 'BZIP2') AS SELECT 1 a"),
            /NOT_SUPPORTED.*BZIP2/,
        );
    });
});
