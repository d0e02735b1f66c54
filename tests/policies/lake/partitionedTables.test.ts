import { deepEqual, equal, match } from "node:assert/strict";
import { partitionedTables } from "../../../policies/lake/partitioned-tables";
import { ctas, icebergTable, namedQuery, table } from "../fixtures";
import {
    clean,
    excepted,
    judge,
    type Subject,
    unknownArray,
    unknownObject,
    unknownString,
    type Verdict,
    violation,
} from "../harness";

const bronzeHint = 'If the table holds raw data, set its parameter "lakeworks:zone" to "bronze".';
const judged = (subject: Subject, config?: object): Promise<Verdict> => judge(partitionedTables, subject, config);

const unpartitioned = violation(
    'Table "sales" has no partition keys, so every query reads all of it. Add the columns that its queries filter by, ' +
        `for example year, month and day of type int, to partitionKeys. ${bronzeHint}`,
);

const textual = (key: string, type: string): string =>
    `Table "sales" has the partition key "${key}" of type ${type}: comparing it with a number (${key} = 7) fails in ` +
    'Athena with TYPE_MISMATCH, and ranges of it sort as text, "10" before "9", so that the wrong partitions are ' +
    `read. Give "${key}" the type int.`;

describe("policy partitioned-tables", () => {
    it("is mandatory and says what it is for", () => {
        equal(partitionedTables.enforcementLevel, "mandatory");
        equal(partitionedTables.severity, "high");
        equal(
            partitionedTables.description,
            "Silver and gold tables are partitioned, by keys of types that queries can prune by: without them each query reads " +
                "the whole table.",
        );
    });

    describe("tables", () => {
        it("passes int, date and other keys, also text that is no number", async () => {
            deepEqual(await judged(table()), clean);
            deepEqual(await judged(table({ partitionKeys: [{ name: "sold_on", type: "date" }] })), clean);
            deepEqual(await judged(table({ partitionKeys: [{ name: "region", type: "string" }] })), clean);
        });

        it("refuses a table without partition keys", async () => {
            deepEqual(await judged(table({ partitionKeys: undefined })), unpartitioned);
            deepEqual(await judged(table({ partitionKeys: [] })), unpartitioned);
        });

        it("refuses every part of a date that is text", async () => {
            const partitionKeys = [
                { name: "year", type: "string" },
                { name: "Month", type: "varchar(2)" },
                { name: "day", type: "int" },
                { name: "hour" },
            ];
            deepEqual((await judged(table({ partitionKeys }))).violations, [
                textual("year", "string"),
                textual("Month", "varchar(2)"),
                textual("hour", "(not set)"),
            ]);
        });

        it("refuses keys of a type that no query can prune by", async () => {
            const partitionKeys = [{ name: "tags", type: "array<string>" }];
            deepEqual(
                await judged(table({ partitionKeys })),
                violation(
                    'Table "sales" has the partition key "tags" of type array<string>, which no query can prune by. ' +
                        'Give "tags" the type int, date or string.',
                ),
            );
        });

        it("leaves bronze tables, views and links alone", async () => {
            const bare = { partitionKeys: undefined };
            const reason = async (subject: Subject): Promise<string | undefined> =>
                (await judged(subject)).notApplicable;
            equal(
                await reason(table({ ...bare, parameters: { "lakeworks:zone": "bronze" } })),
                '"sales" is a bronze table: raw data stays as it arrived',
            );
            equal(await reason(table({ ...bare, tableType: "VIRTUAL_VIEW" })), '"sales" is a view: it stores no data');
            equal(
                await reason(table({ ...bare, targetTable: {} })),
                '"sales" is a link to a table of another database',
            );
        });

        it("honours an exception and shows its reason", async () => {
            const small = table({ partitionKeys: [] });
            const verdict = await judged(small, excepted("sales", "40 rows"));
            deepEqual(verdict, { ...clean, notApplicable: '"sales" is an exception until 9999-12-31: 40 rows' });
        });
    });

    describe("Iceberg tables", () => {
        it("passes one with a partition field", async () => {
            deepEqual(await judged(icebergTable()), clean);
        });

        it("refuses one without, or with dropped fields only", async () => {
            const refused = violation(
                'Iceberg table "sales" has no partition fields, so every query reads all of it. Add the columns that its ' +
                    `queries filter by, for example the day of the event's time, to partitionSpec.fields. ${bronzeHint}`,
            );
            deepEqual(await judged(icebergTable({ partitionSpec: undefined })), refused);
            const fields = [{ name: "sold_day", sourceId: 1, transform: "void" }];
            deepEqual(await judged(icebergTable({ partitionSpec: { fields } })), refused);
        });

        it("advises that a table known by its table_type alone is not checked", async () => {
            const known = table({ partitionKeys: undefined, parameters: { table_type: "ICEBERG" } });
            deepEqual(await judged(known), {
                violations: [],
                advice: [
                    'Iceberg table "sales" keeps its partitioning in its metadata file, which is not checked. ' +
                        "Create the table with openTableFormatInput and a partitionSpec to have it checked.",
                ],
            });
        });
    });

    describe("at preview", () => {
        it("says that it must wait where the keys are not known", async () => {
            deepEqual(await judged(table({ partitionKeys: unknownArray })), {
                ...clean,
                notKnownYet: "Array value at .partitionKeys can't be known during preview",
            });
            const iceberg = await judged(icebergTable({ partitionSpec: unknownObject }));
            equal(iceberg.notKnownYet?.includes("partitionSpec can't be known"), true);
        });

        it("refuses on the keys that are known", async () => {
            const partitionKeys = [
                { name: unknownString, type: "int" },
                { name: "year", type: "string" },
            ];
            deepEqual((await judged(table({ partitionKeys }))).violations, [textual("year", "string")]);
        });
    });

    describe("named queries", () => {
        it("passes a CTAS with partitions", async () => {
            deepEqual(await judged(ctas("partitioned_by = ARRAY['year']")), clean);
            deepEqual(await judged(ctas("table_type = 'iceberg', partitioning = ARRAY['month(sold_at)']")), clean);
        });

        it("refuses a CTAS without, or with none", async () => {
            const refused = violation(
                'Named query "monthly-summary" creates table "monthly_summary" without partitions. ' +
                    "Set partitioned_by = ARRAY['…'] in its WITH clause, with the columns that queries of the table filter by, " +
                    "and select those columns last.",
            );
            deepEqual(await judged(ctas("format = 'PARQUET'")), refused);
            deepEqual(await judged(ctas("partitioned_by = ARRAY[]")), refused);
            deepEqual(await judged(namedQuery("CREATE TABLE monthly_summary AS SELECT 1 AS a")), refused);
        });

        it("refuses an Iceberg CTAS without its own property", async () => {
            deepEqual(
                await judged(ctas("table_type = 'ICEBERG', partitioned_by = ARRAY['year']")),
                violation(
                    'Named query "monthly-summary" creates table "monthly_summary" without partitions. ' +
                        "Set partitioning = ARRAY['…'] in its WITH clause, with the columns that queries of the table filter by.",
                ),
            );
        });

        it("reads DDL: its keys and their types", async () => {
            const ddl = (keys: string): Subject =>
                namedQuery(`CREATE EXTERNAL TABLE t (a int) ${keys} STORED AS PARQUET LOCATION 's3://b/t/'`);
            deepEqual(await judged(ddl("PARTITIONED BY (year int, day date)")), clean);
            deepEqual(
                await judged(ddl("")),
                violation(
                    'Named query "monthly-summary" creates table "t" without partitions. Write PARTITIONED BY with the ' +
                        "columns that its queries filter by. If the table holds raw data, add TBLPROPERTIES " +
                        "('lakeworks:zone' = 'bronze').",
                ),
            );
            const { violations } = await judged(ddl("PARTITIONED BY (`year` string)"));
            match(
                violations[0]!,
                /^Named query "monthly-summary" creates table "t" with the partition key "year" of type string: /,
            );
            const iceberg = (keys: string): Subject =>
                namedQuery(
                    `CREATE TABLE t (a int, ts timestamp) ${keys} LOCATION 's3://b/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')`,
                );
            deepEqual(await judged(iceberg("PARTITIONED BY (day(ts))")), clean);
            equal((await judged(iceberg(""))).violations.length, 1);
        });

        it("passes what creates no table", async () => {
            deepEqual(await judged(namedQuery("UNLOAD (SELECT 1) TO 's3://out/' WITH (format = 'PARQUET')")), clean);
            deepEqual(await judged(namedQuery("CREATE VIEW daily AS SELECT * FROM sales")), clean);
        });

        it("honours an exception, and waits for a query that is not known yet", async () => {
            const { notApplicable } = await judged(ctas("format = 'PARQUET'"), excepted("monthly-summary", "12 rows"));
            equal(notApplicable, '"monthly-summary" is an exception until 9999-12-31: 12 rows');
            const { notKnownYet } = await judged(namedQuery(unknownString));
            equal(notKnownYet, "string value at .query can't be known during preview");
        });
    });

    it("does not apply to other resources", async () => {
        const { notApplicable } = await judged({ type: "aws:glue/job:Job", props: {} });
        equal(notApplicable, "the rule is for glue.CatalogTable, athena.NamedQuery, athena.PreparedStatement");
    });
});
