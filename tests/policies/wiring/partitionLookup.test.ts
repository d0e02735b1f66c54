import { deepEqual } from "node:assert/strict";
import { partitionLookup } from "../../../policies/wiring/partition-lookup";
import { parameters, table } from "../fixtures";
import { clean, excepted, judgeStack, type Subject, unknownString, type Verdict, violation } from "../harness";

const judged = (subjects: Subject[], config?: object): Promise<Verdict> =>
    judgeStack(partitionLookup, subjects, config);
const large = (more: Record<string, string> = {}, changes: object = {}): Subject => ({
    ...table({ parameters: { ...parameters, "lakeworks:partitions": "20000", ...more }, ...changes }),
    name: "sales-table",
});
const asked = { "partition_filtering.enabled": "true" };
const partitionIndices = [{ indexName: "keys", keys: ["year"] }];
const lists = (size: string): Verdict =>
    violation(
        `sales-table: Table "sales" states ${size}, and has neither a partition index nor projection: each query asks Glue for ` +
            'all partitions. Add partitionIndices over its partition keys and the parameter "partition_filtering.enabled" = "true".',
    );

describe("policy partition-lookup", () => {
    it("passes tables that state no size, or a small one", async () => {
        deepEqual(await judged([table()]), clean);
        deepEqual(await judged([large({ "lakeworks:partitions": "1000" })]), clean);
    });

    it("refuses a large table whose partitions have to be listed", async () => {
        deepEqual(await judged([large()]), lists("20,000 partitions"));
        const bytes = { "lakeworks:partitions": "1", totalSize: String(200 * 1024 ** 3) };
        deepEqual(await judged([large(bytes)]), lists("200 GiB"));
    });

    it("takes other limits", async () => {
        deepEqual(await judged([large()], { fromPartitions: 20_000 }), clean);
        deepEqual(
            await judged([large({ "lakeworks:partitions": "11" })], { fromPartitions: 10 }),
            lists("11 partitions"),
        );
    });

    it("passes projection, an index of its own, and an index as a resource", async () => {
        deepEqual(await judged([large({ "projection.enabled": "true" })]), clean);
        deepEqual(await judged([large(asked, { partitionIndices })]), clean);
        const index = { type: "aws:glue/partitionIndex:PartitionIndex", name: "index", props: { tableName: "sales" } };
        deepEqual(await judged([large(asked), index]), clean);
        const unknownTable = {
            ...index,
            props: { tableName: unknownString },
            madeFrom: { tableName: ["sales-table"] },
        };
        deepEqual(await judged([large(asked), unknownTable]), clean);
    });

    it("refuses an index that Athena does not ask", async () => {
        deepEqual(
            await judged([large({}, { partitionIndices })]),
            violation(
                'sales-table: Table "sales" states 20,000 partitions, and has a partition index that Athena does not ask. ' +
                    'Set its parameter "partition_filtering.enabled" to "true".',
            ),
        );
        deepEqual(await judged([large({ "partition_filtering.enabled": unknownString }, { partitionIndices })]), clean);
    });

    it("leaves Iceberg, bronze and exceptions alone", async () => {
        deepEqual(await judged([large({ table_type: "ICEBERG" })]), clean);
        deepEqual(await judged([large({ "lakeworks:zone": "bronze" })]), clean);
        deepEqual(await judged([large()], excepted("sales", "read once a year")), clean);
    });
});
