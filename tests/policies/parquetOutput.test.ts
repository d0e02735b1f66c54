import { deepEqual, equal } from "node:assert/strict";
import { parquetOutput } from "../../policies/parquet-output";
import { ctas, icebergTable, namedQuery, parameters, storage, table } from "./fixtures";
import { clean, judge, type Subject, unknownObject, unknownString, type Verdict, violation } from "./harness";

const hive = "org.apache.hadoop.hive.ql.io.parquet";
const bronzeHint = 'If the table holds raw data, set its parameter "lakeworks:zone" to "bronze".';
const judged = (subject: Subject, exceptions?: { name: string; reason: string }[]): Promise<Verdict> =>
    judge(parquetOutput, subject, exceptions);

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
        equal(parquetOutput.description, "Silver and gold data is stored as Parquet, or as Iceberg on Parquet.");
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

        it("honours an exception by the table's name or the resource's, and shows its reason", async () => {
            const json = table({ storageDescriptor: jsonStorage });
            const verdict = { violations: [], advice: [], notApplicable: '"sales" is an exception: read by a partner' };
            const reason = "read by a partner";
            deepEqual(await judged(json, [{ name: "sales", reason }]), verdict);
            deepEqual(await judged({ ...json, name: "sales-table" }, [{ name: "sales-table", reason }]), verdict);
            equal((await judged(json, [{ name: "sale", reason }])).violations.length, 1);
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

        it("advises about a table created in words it cannot read", async () => {
            deepEqual(await judged(namedQuery("CREATE EXTERNAL TABLE t (a int) STORED AS ORC LOCATION 's3://b/t/'")), {
                violations: [],
                advice: [
                    'Named query "monthly-summary" creates a table or unloads in words that the rule cannot read ' +
                        '(line 1, column 8: "EXTERNAL" is not expected there), so what it writes is not checked. ' +
                        "Write it as CREATE TABLE … AS SELECT, or declare the table as a resource.",
                ],
            });
        });

        it("honours an exception, and waits for a query that is not known yet", async () => {
            const excepted = await judged(ctas("format = 'JSON'"), [{ name: "monthly-summary", reason: "an export" }]);
            equal(excepted.notApplicable, '"monthly-summary" is an exception: an export');
            const { notKnownYet } = await judged(namedQuery(unknownString));
            equal(notKnownYet, "string value at .query can't be known during preview");
        });
    });

    it("does not apply to other resources", async () => {
        const { notApplicable } = await judged({ type: "aws:s3/bucket:Bucket", props: {} });
        equal(notApplicable, "the rule is for Glue catalog tables and Athena named queries");
    });
});
