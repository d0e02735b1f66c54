import { deepEqual, equal } from "node:assert/strict";
import { boundedPartitions } from "../../../policies/lake/bounded-partitions";
import { ctas, icebergTable, namedQuery, parameters, table } from "../fixtures";
import { clean, judge, type Subject, unknownArray, unknownString, type Verdict, violation } from "../harness";

const judged = (subject: Subject, config?: object): Promise<Verdict> => judge(boundedPartitions, subject, config);
const keyed = (...keys: [name: string, type: string][]): Subject =>
    table({ partitionKeys: keys.map(([name, type]) => ({ name, type })) });

const tooDeep = (subject: string, levels: number): string =>
    `${subject} has ${levels} levels of partitions, more than 3: each level multiplies their number, and files become too ` +
    "small. Keep the keys that most queries filter by, and sort the files by the others.";
const tooFine = (subject: string, key: string, why = "has a partition for nearly every row"): string =>
    `${subject} is partitioned by "${key}", and so ${why}. Partition by a part of it (its day, its region), bucket by it, ` +
    "or sort by it. If it has few values, add it to the rule's allowedKeys.";

describe("policy bounded-partitions", () => {
    it("passes three levels of keys with few values", async () => {
        deepEqual(await judged(table()), clean);
        deepEqual(await judged(keyed(["region", "string"], ["day", "date"])), clean);
    });

    it("refuses a fourth level, or as many as are configured", async () => {
        const deep = keyed(["region", "string"], ["year", "int"], ["month", "int"], ["day", "int"]);
        deepEqual(await judged(deep), violation(tooDeep('Table "sales"', 4)));
        deepEqual(await judged(deep, { maxLevels: 4 }), clean);
    });

    for (const key of ["customer_id", "orderid", "id", "session", "email", "event_timestamp", "minute"]) {
        it(`refuses the key ${key}, of which nearly every row has its own`, async () => {
            deepEqual(await judged(keyed([key, "string"])), violation(tooFine('Table "sales"', key)));
        });
    }

    it("passes names that only look like it", async () => {
        deepEqual(await judged(keyed(["paid", "int"], ["grid", "string"], ["hour", "int"])), clean);
    });

    it("refuses keys of continuous types", async () => {
        deepEqual(
            await judged(keyed(["sold", "timestamp"])),
            violation(tooFine('Table "sales"', "sold", "has a partition for each timestamp")),
        );
        equal((await judged(keyed(["price", "decimal(12,2)"]))).violations.length, 1);
    });

    it("passes a key that is configured to have few values", async () => {
        deepEqual(await judged(keyed(["tenant_id", "string"]), { allowedKeys: ["tenant_id"] }), clean);
    });

    describe("projection", () => {
        const projected = (ranges: Record<string, string>): Subject =>
            table({ parameters: { ...parameters, "projection.enabled": "true", ...ranges } });
        const byHour = {
            "projection.hour.type": "date",
            "projection.hour.format": "yyyy-MM-dd-HH",
            "projection.hour.range": "1900-01-01-00,2030-01-01-00",
        };

        it("passes a range that yields a million or fewer", async () => {
            deepEqual(
                await judged(projected({ "projection.year.type": "integer", "projection.year.range": "2020,2035" })),
                clean,
            );
        });

        it("refuses one that yields more", async () => {
            deepEqual(
                await judged(projected(byHour)),
                violation(
                    'Table "sales" has a projection that yields 1,139,569 partitions, more than 1,000,000. Narrow the ranges ' +
                        'in its parameters "projection.<key>.range", or project fewer keys.',
                ),
            );
            deepEqual(await judged(projected(byHour), { maxPartitions: 2_000_000 }), clean);
        });

        it("multiplies the keys, enums among them", async () => {
            const keys = {
                "projection.shop.type": "integer",
                "projection.shop.range": "1,500000",
                "projection.kind.type": "enum",
                "projection.kind.values": "web,store,phone",
            };
            equal((await judged(projected(keys))).violations[0]?.includes("1,500,000 partitions"), true);
        });

        it("passes what it cannot count, and what is switched off", async () => {
            deepEqual(
                await judged(projected({ "projection.a.type": "date", "projection.a.range": "soon,later" })),
                clean,
            );
            deepEqual(await judged(projected({ ...byHour, "projection.enabled": "false" })), clean);
        });
    });

    describe("Iceberg tables", () => {
        it("passes transforms that bound the number of values", async () => {
            const fields = [{ name: "b", sourceId: 1, transform: "bucket[16]" }];
            deepEqual(await judged(icebergTable({ partitionSpec: { fields } })), clean);
        });

        it("refuses an identifier as it is", async () => {
            const schema = { fields: [{ id: 1, name: "customer_id", required: true, type: '"string"' }] };
            const fields = [{ name: "c", sourceId: 1, transform: "identity" }];
            deepEqual(
                await judged(icebergTable({ schema, partitionSpec: { fields } })),
                violation(tooFine('Table "sales"', "customer_id")),
            );
        });

        it("refuses an instant as it is", async () => {
            const fields = [{ name: "at", sourceId: 1, transform: "identity" }];
            deepEqual(
                await judged(icebergTable({ partitionSpec: { fields } })),
                violation(tooFine('Table "sales"', "sold_at", "has a partition for each timestamp")),
            );
        });

        it("refuses a fourth field", async () => {
            const fields = ["year", "month", "day", "hour"].map((transform) => ({
                name: transform,
                sourceId: 1,
                transform,
            }));
            deepEqual(
                await judged(icebergTable({ partitionSpec: { fields } })),
                violation(tooDeep('Table "sales"', 4)),
            );
        });
    });

    describe("queries", () => {
        const subject = 'Named query "monthly-summary": table "monthly_summary"';

        it("refuses a CTAS by four keys, or by an identifier", async () => {
            deepEqual(await judged(ctas("partitioned_by = ARRAY['a', 'b', 'c', 'd']")), violation(tooDeep(subject, 4)));
            deepEqual(
                await judged(ctas("partitioned_by = ARRAY['customer_id']")),
                violation(tooFine(subject, "customer_id")),
            );
        });

        it("passes an Iceberg CTAS that buckets by an identifier", async () => {
            const properties = "table_type = 'ICEBERG', partitioning = ARRAY['bucket(customer_id, 16)', 'day(ts)']";
            deepEqual(await judged(ctas(properties)), clean);
        });

        it("refuses DDL by an identifier", async () => {
            const ddl =
                "CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (user_id string) STORED AS PARQUET LOCATION 's3://b/'";
            equal((await judged(namedQuery(ddl))).violations.length, 1);
        });
    });

    it("waits for keys that are not known yet, and does not apply to bronze", async () => {
        equal((await judged(table({ partitionKeys: unknownArray }))).notKnownYet?.includes(".partitionKeys"), true);
        equal((await judged(keyed([unknownString, "int"]))).notKnownYet?.includes(".partitionKeys.0.name"), true);
        const bronze = table({ parameters: { "lakeworks:zone": "bronze" }, partitionKeys: [] });
        equal((await judged(bronze)).notApplicable, '"sales" is a bronze table: raw data stays as it arrived');
    });
});
