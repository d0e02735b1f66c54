import { deepEqual, equal, match } from "node:assert/strict";
import { parquetOutput } from "../../../policies/lake/parquet-output";
import { ctas, icebergTable, namedQuery, parameters, preparedStatement, storage, table } from "../fixtures";
import {
    clean,
    excepted,
    judge,
    type Subject,
    unknownObject,
    unknownString,
    type Verdict,
    violation,
} from "../harness";

const hive = "org.apache.hadoop.hive.ql.io.parquet";
const bronzeHint = 'If the table holds raw data, set its parameter "lakeworks:zone" to "bronze".';
const judged = (subject: Subject, config?: object): Promise<Verdict> => judge(parquetOutput, subject, config);

const jsonStorage = {
    ...storage,
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
};

describe("policy parquet-output", () => {
    it("is mandatory and says what it is for", () => {
        equal(parquetOutput.enforcementLevel, "mandatory");
        equal(parquetOutput.severity, "high");
        equal(
            parquetOutput.description,
            "Silver and gold data is stored as Parquet, or as Iceberg on Parquet: queries then read, and are billed for, only " +
                "the columns that they name.",
        );
    });

    describe("tables", () => {
        it("passes a Parquet table", async () => {
            deepEqual(await judged(table()), clean);
        });

        it("refuses a JSON table, naming every fact that is wrong and its fix", async () => {
            const json = table({ storageDescriptor: jsonStorage, parameters: { classification: "json" } });
            deepEqual(
                await judged(json),
                violation(
                    'Table "sales" is not Parquet: ' +
                        'storageDescriptor.inputFormat is "org.apache.hadoop.mapred.TextInputFormat", ' +
                        'storageDescriptor.outputFormat is "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat", ' +
                        'storageDescriptor.serDeInfo.serializationLibrary is "org.openx.data.jsonserde.JsonSerDe" ' +
                        'and parameters["classification"] is "json". ' +
                        `Set storageDescriptor.inputFormat to "${hive}.MapredParquetInputFormat", ` +
                        `storageDescriptor.outputFormat to "${hive}.MapredParquetOutputFormat", ` +
                        `storageDescriptor.serDeInfo.serializationLibrary to "${hive}.serde.ParquetHiveSerDe" ` +
                        `and parameters["classification"] to "parquet". ${bronzeHint}`,
                ),
            );
        });

        it("refuses a table of which only the SerDe differs", async () => {
            const orc = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
            deepEqual(
                await judged(table({ storageDescriptor: { ...storage, serDeInfo: { serializationLibrary: orc } } })),
                violation(
                    `Table "sales" is not Parquet: storageDescriptor.serDeInfo.serializationLibrary is "${orc}". ` +
                        `Set storageDescriptor.serDeInfo.serializationLibrary to "${hive}.serde.ParquetHiveSerDe". ${bronzeHint}`,
                ),
            );
        });

        it("refuses a table without classification, which a crawler would deprecate", async () => {
            deepEqual(
                await judged(table({ parameters: { "lakeworks:zone": "gold" } })),
                violation(
                    'Table "sales" is not Parquet: parameters["classification"] is not set. ' +
                        `Set parameters["classification"] to "parquet". ${bronzeHint}`,
                ),
            );
        });

        it("refuses a table without storage descriptor", async () => {
            const { violations } = await judged(table({ storageDescriptor: undefined }));
            equal(violations.length, 1);
            equal(violations[0]?.match(/is not set/g)?.length, 3);
        });

        it("counts a table without zone, table type or parameters as silver", async () => {
            const bare = table({ tableType: undefined, parameters: undefined, storageDescriptor: jsonStorage });
            equal((await judged(bare)).violations.length, 1);
        });

        it("counts a table of a zone it does not know as silver", async () => {
            const other = table({ parameters: { "lakeworks:zone": "raw" }, storageDescriptor: jsonStorage });
            equal((await judged(other)).violations.length, 1);
        });

        it("leaves bronze tables, views and links alone", async () => {
            const bronze = { parameters: { "lakeworks:zone": "bronze" }, storageDescriptor: jsonStorage };
            const reason = async (subject: Subject): Promise<string | undefined> =>
                (await judged(subject)).notApplicable;
            equal(await reason(table(bronze)), '"sales" is a bronze table: raw data stays as it arrived');
            equal(await reason(table({ tableType: "virtual_view" })), '"sales" is a view: it stores no data');
            equal(await reason(table({ viewDefinition: {} })), '"sales" is a view: it stores no data');
            equal(
                await reason(table({ tableType: undefined, viewOriginalText: "/* Presto View */" })),
                '"sales" is a view: it stores no data',
            );
            equal(await reason(table({ targetTable: {} })), '"sales" is a link to a table of another database');
        });

        it("honours an exception by the table's name or the resource's, shows its reason, and until when", async () => {
            const json = table({ storageDescriptor: jsonStorage });
            const verdict = { ...clean, notApplicable: '"sales" is an exception until 9999-12-31: read by a partner' };
            const reason = "read by a partner";
            deepEqual(await judged(json, excepted("sales", reason)), verdict);
            deepEqual(await judged({ ...json, name: "sales-table" }, excepted("sales-table", reason)), verdict);
            equal((await judged(json, excepted("sale", reason))).violations.length, 1);
        });

        it("refuses what had an exception, and says when that ended", async () => {
            const exceptions = [{ name: "sales", reason: "read by a partner", until: "2020-02-29" }];
            const { violations } = await judged(table({ storageDescriptor: jsonStorage }), { exceptions });
            equal(violations.length, 1);
            match(violations[0]!, /Its exception \("read by a partner"\) ended on 2020-02-29\.$/);
        });

        it("passes Parquet under Hudi's classes and in any case of the classification", async () => {
            const hudi = { ...storage, inputFormat: "org.apache.hudi.hadoop.HoodieParquetInputFormat" };
            deepEqual(await judged(table({ storageDescriptor: hudi })), clean);
            deepEqual(await judged(table({ parameters: { ...parameters, classification: "PARQUET" } })), clean);
        });

        it("leaves Delta Lake tables alone", async () => {
            const { notApplicable } = await judged(table({ parameters: { classification: "delta" } }));
            equal(notApplicable, '"sales" is a Delta Lake table, whose files are always Parquet');
        });
    });

    describe("Iceberg tables", () => {
        it("passes one that writes Parquet, by default or by its properties", async () => {
            deepEqual(await judged(icebergTable()), clean);
            deepEqual(await judged(icebergTable({ properties: { "write.format.default": "parquet" } })), clean);
        });

        it("passes one known by its table_type", async () => {
            deepEqual(await judged(table({ parameters: { table_type: "iceberg" }, storageDescriptor: {} })), clean);
        });

        it("refuses one that writes another format", async () => {
            deepEqual(
                await judged(icebergTable({ properties: { "write.format.default": "avro" } })),
                violation(
                    'Iceberg table "sales" writes its data files as "avro" (property "write.format.default"). ' +
                        `Set "write.format.default" to "parquet", or leave it out. ${bronzeHint}`,
                ),
            );
            const byParameter = table({ parameters: { table_type: "ICEBERG", "write.format.default": "ORC" } });
            equal((await judged(byParameter)).violations.length, 1);
        });
    });

    describe("at preview", () => {
        it("does not need the location or the name", async () => {
            deepEqual(await judged(table({ storageDescriptor: { ...storage, location: unknownString } })), clean);
            deepEqual(await judged(table({ name: unknownString })), clean);
        });

        it("names the resource where the table's name is not known yet", async () => {
            const { violations } = await judged(table({ name: unknownString, storageDescriptor: jsonStorage }));
            equal(violations[0]?.startsWith('Table "resource-name" is not Parquet'), true);
        });

        it("refuses on what is known, even if the rest is not", async () => {
            const { violations } = await judged(
                table({ storageDescriptor: { ...storage, inputFormat: unknownString, outputFormat: "text" } }),
            );
            equal(violations.length, 1);
            equal(violations[0]?.includes("outputFormat"), true);
            equal(violations[0]?.includes("inputFormat"), false);
        });

        it("says that it must wait where a deciding value is not known", async () => {
            deepEqual(await judged(table({ storageDescriptor: { ...storage, inputFormat: unknownString } })), {
                ...clean,
                notKnownYet: "string value at .storageDescriptor.inputFormat can't be known during preview",
            });
            deepEqual(await judged(table({ storageDescriptor: unknownObject })), {
                ...clean,
                notKnownYet: "Object value at .storageDescriptor can't be known during preview",
            });
            const zone = await judged(table({ parameters: { ...parameters, "lakeworks:zone": unknownString } }));
            equal(zone.notKnownYet, "string value at .parameters.lakeworks:zone can't be known during preview");
            const all = await judged(table({ parameters: unknownObject, storageDescriptor: jsonStorage }));
            equal(all.notKnownYet, "Object value at .parameters can't be known during preview");
        });
    });

    describe("named queries", () => {
        it("passes a CTAS as Parquet, written or by default, Iceberg included", async () => {
            deepEqual(await judged(ctas("format = 'PARQUET'")), clean);
            deepEqual(await judged(ctas("\"FORMAT\" = 'parquet', partitioned_by = ARRAY['year']")), clean);
            deepEqual(await judged(ctas("partitioned_by = ARRAY['year']")), clean);
            deepEqual(await judged(ctas("table_type = 'ICEBERG', is_external = false")), clean);
        });

        it("refuses a CTAS of another format", async () => {
            deepEqual(
                await judged(ctas("format = 'JSON'")),
                violation(
                    'Named query "monthly-summary" creates table "monthly_summary" as JSON. ' +
                        "Set format = 'PARQUET' in its WITH clause.",
                ),
            );
            equal((await judged(ctas("table_type = 'ICEBERG', format = 'orc'"))).violations.length, 1);
            equal((await judged(ctas("format = 'PAR' || 'QUET'"))).violations.length, 1);
        });

        it("refuses an UNLOAD that is not Parquet, or does not say", async () => {
            const unload = "UNLOAD (SELECT * FROM sales) TO 's3://out/'";
            deepEqual(await judged(namedQuery(`${unload} WITH (format = 'PARQUET', compression = 'ZSTD');`)), clean);
            deepEqual(
                await judged(namedQuery(`${unload} WITH (format = 'TEXTFILE')`)),
                violation(
                    "Named query \"monthly-summary\" unloads as TEXTFILE. Set format = 'PARQUET' in its WITH clause.",
                ),
            );
            deepEqual(
                await judged(namedQuery(`unload (WITH s AS (SELECT 1) SELECT * FROM s) to 's3://out/'`)),
                violation(
                    "Named query \"monthly-summary\" unloads without a format. Set format = 'PARQUET' in its WITH clause.",
                ),
            );
        });

        it("reads comments, quotes and every statement of the text", async () => {
            const text =
                "-- format = 'PARQUET'\nSELECT 'x'; CREATE TABLE \"t\" WITH (format = 'AVRO') AS SELECT 1 AS a;";
            deepEqual((await judged(namedQuery(text))).violations, [
                'Named query "monthly-summary" creates table "t" as AVRO. Set format = \'PARQUET\' in its WITH clause.',
            ]);
        });

        it("passes queries that create nothing", async () => {
            for (const query of [
                "SELECT 'CREATE TABLE t WITH (format = ''JSON'')' FROM sales",
                "CREATE OR REPLACE VIEW daily AS SELECT * FROM sales",
                "INSERT INTO sales SELECT * FROM raw_sales",
                "MSCK REPAIR TABLE sales",
                "SHOW PARTITIONS sales",
            ]) {
                deepEqual(await judged(namedQuery(query)), clean, query);
            }
        });

        it("reads Hive's DDL, and refuses other formats and other SerDes", async () => {
            const ddl = (clauses: string): Subject =>
                namedQuery(`CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d date) ${clauses} LOCATION 's3://b/t/'`);
            const refused = (what: string): Verdict =>
                violation(
                    `Named query "monthly-summary" creates table "t" as ${what}. Write STORED AS PARQUET, without another ` +
                        "SerDe. If the table holds raw data, add TBLPROPERTIES ('lakeworks:zone' = 'bronze').",
                );
            deepEqual(await judged(ddl("STORED AS PARQUET")), clean);
            deepEqual(
                await judged(
                    ddl(
                        `ROW FORMAT SERDE '${hive}.serde.ParquetHiveSerDe' STORED AS ` +
                            `INPUTFORMAT '${hive}.MapredParquetInputFormat' OUTPUTFORMAT '${hive}.MapredParquetOutputFormat'`,
                    ),
                ),
                clean,
            );
            deepEqual(await judged(ddl("STORED AS orc")), refused("ORC"));
            deepEqual(await judged(ddl("ROW FORMAT DELIMITED FIELDS TERMINATED BY ','")), refused("TEXTFILE"));
            const serde = "org.openx.data.jsonserde.JsonSerDe";
            deepEqual(await judged(ddl(`ROW FORMAT SERDE '${serde}'`)), refused(serde));
            deepEqual(await judged(ddl(`ROW FORMAT SERDE '${serde}' STORED AS PARQUET`)), refused(serde));
            const raw = "STORED AS TEXTFILE LOCATION 's3://b/t/' TBLPROPERTIES ('lakeworks:zone' = 'bronze')";
            deepEqual(await judged(namedQuery(`CREATE EXTERNAL TABLE t (a int) ${raw}`)), clean);
        });

        it("reads Iceberg's DDL, and refuses other formats", async () => {
            const ddl = (properties: string): Subject =>
                namedQuery(
                    "CREATE TABLE t (a int, ts timestamp) PARTITIONED BY (day(ts)) LOCATION 's3://b/t/' " +
                        `TBLPROPERTIES ('table_type' = 'ICEBERG'${properties})`,
                );
            deepEqual(await judged(ddl("")), clean);
            deepEqual(await judged(ddl(", 'format' = 'parquet'")), clean);
            deepEqual(
                await judged(ddl(", 'format' = 'avro'")),
                violation(
                    'Named query "monthly-summary" creates table "t" as AVRO. ' +
                        "Set 'format' = 'PARQUET' in its TBLPROPERTIES clause.",
                ),
            );
        });

        it("reads prepared statements, with their parameters", async () => {
            const ctasOf = (format: string) =>
                `CREATE TABLE t WITH (format = '${format}') AS SELECT * FROM s WHERE a = ?`;
            deepEqual(await judged(preparedStatement(ctasOf("PARQUET"))), clean);
            deepEqual(
                await judged(preparedStatement(ctasOf("JSON"))),
                violation(
                    'Prepared statement "monthly_summary" creates table "t" as JSON. ' +
                        "Set format = 'PARQUET' in its WITH clause.",
                ),
            );
        });

        it("advises about a table created in words it cannot read", async () => {
            deepEqual(await judged(namedQuery("CREATE TABLE t PARTITIONED WITH nothing")), {
                violations: [],
                advice: [
                    'Named query "monthly-summary" creates a table, inserts or unloads in words that the rule cannot read ' +
                        '(line 1, column 28: "WITH" is not expected there), so what it writes is not checked. ' +
                        "Write it as CREATE TABLE … AS SELECT, or declare the table as a resource.",
                ],
            });
        });

        it("honours an exception, and waits for a query that is not known yet", async () => {
            const { notApplicable } = await judged(ctas("format = 'JSON'"), excepted("monthly-summary", "an export"));
            equal(notApplicable, '"monthly-summary" is an exception until 9999-12-31: an export');
            const { notKnownYet } = await judged(namedQuery(unknownString));
            equal(notKnownYet, "string value at .query can't be known during preview");
        });
    });

    it("does not apply to other resources", async () => {
        const { notApplicable } = await judged({ type: "aws:s3/bucket:Bucket", props: {} });
        equal(notApplicable, "the rule is for glue.CatalogTable, athena.NamedQuery, athena.PreparedStatement");
    });
});
