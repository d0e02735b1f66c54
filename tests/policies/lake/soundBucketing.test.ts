import { deepEqual, equal } from "node:assert/strict";
import { soundBucketing } from "../../../policies/lake/sound-bucketing";
import { ctas, namedQuery, storage, table } from "../fixtures";
import { clean, judge, type Subject, type Verdict, unknownArray, violation } from "../harness";

const judged = (subject: Subject, config?: object): Promise<Verdict> => judge(soundBucketing, subject, config);
const bucketed = (bucketColumns: string[] | undefined, numberOfBuckets?: number): Subject =>
    table({ storageDescriptor: { ...storage, bucketColumns, numberOfBuckets } });

describe("policy sound-bucketing", () => {
    it("passes a table without buckets, or with columns and number", async () => {
        deepEqual(await judged(table()), clean);
        deepEqual(await judged(bucketed([], -1)), clean);
        deepEqual(await judged(bucketed(["transaction_id"], 16)), clean);
    });

    it("refuses columns without a number, and a number without columns", async () => {
        deepEqual(
            await judged(bucketed(["transaction_id"])),
            violation(
                'Table "sales" is bucketed by transaction_id into no number of buckets. ' +
                    "Set storageDescriptor.numberOfBuckets, or leave bucketing out.",
            ),
        );
        deepEqual(
            await judged(bucketed(undefined, 8)),
            violation(
                'Table "sales" has 8 buckets of no column. Set storageDescriptor.bucketColumns, or leave bucketing out.',
            ),
        );
    });

    it("refuses columns that the table lacks, and partition keys", async () => {
        deepEqual(
            await judged(bucketed(["customer"], 8)),
            violation(
                'Table "sales" is bucketed by "customer", which is none of its columns. Correct storageDescriptor.bucketColumns.',
            ),
        );
        deepEqual(
            await judged(bucketed(["month"], 8)),
            violation(
                'Table "sales" is bucketed by its own partition key "month", of which each partition has one value. ' +
                    "Take another column in storageDescriptor.bucketColumns.",
            ),
        );
    });

    it("refuses too many buckets, or more than are configured", async () => {
        deepEqual(
            await judged(bucketed(["transaction_id"], 256)),
            violation(
                'Table "sales" has 256 buckets, more than 128: each is a file in every partition, and small files cost more ' +
                    "requests than the buckets save. Lower storageDescriptor.numberOfBuckets.",
            ),
        );
        deepEqual(await judged(bucketed(["transaction_id"], 256), { maxBuckets: 256 }), clean);
    });

    it("judges CTAS and DDL alike", async () => {
        const keys = "partitioned_by = ARRAY['year']";
        deepEqual(await judged(ctas(`${keys}, bucketed_by = ARRAY['region'], bucket_count = 4`)), clean);
        deepEqual(
            await judged(ctas(`${keys}, bucketed_by = ARRAY['region']`)),
            violation(
                'Named query "monthly-summary" creates table "monthly_summary", which is bucketed by region into no number ' +
                    "of buckets. Set bucket_count, or leave bucketing out.",
            ),
        );
        equal((await judged(ctas(`${keys}, bucketed_by = ARRAY['year'], bucket_count = 4`))).violations.length, 1);
        const ddl = (buckets: number): Subject =>
            namedQuery(
                "CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d date) " +
                    `CLUSTERED BY (a) INTO ${buckets} BUCKETS STORED AS PARQUET LOCATION 's3://b/'`,
            );
        deepEqual(await judged(ddl(8)), clean);
        equal((await judged(ddl(1000))).violations.length, 1);
    });

    it("waits for columns that are not known yet", async () => {
        const unknownColumns = await judged(bucketed(unknownArray, 8));
        equal(unknownColumns.notKnownYet?.includes("bucketColumns can't be known"), true);
    });
});
