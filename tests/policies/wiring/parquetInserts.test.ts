import { deepEqual } from "node:assert/strict";
import { parquetInserts } from "../../../policies/wiring/parquet-inserts";
import { clean, excepted, judgeStack, type Subject, unknownString, type Verdict, violation } from "../harness";
import { query, rawTable, sales } from "./fixtures";

const judged = (...subjects: Subject[]): Promise<Verdict> => judgeStack(parquetInserts, subjects);

describe("policy parquet-inserts", () => {
    it("passes what goes into Parquet, or into tables of other stacks", async () => {
        deepEqual(await judged(sales, rawTable, query("INSERT INTO sales SELECT * FROM raw_sales")), clean);
        deepEqual(await judged(rawTable, query("INSERT INTO other.raw_sales SELECT 1")), clean);
        deepEqual(await judged(rawTable, query("SELECT * FROM raw_sales")), clean);
    });

    it("refuses what goes into a table of another format", async () => {
        deepEqual(
            await judged(rawTable, query('INSERT INTO "lakeworks_dev_sales"."raw_sales" (a) VALUES (1)')),
            violation(
                'query: Named query "monthly-summary" inserts into table "raw_sales", whose rows are stored by ' +
                    '"org.openx.data.jsonserde.JsonSerDe" and not as Parquet. Insert into a Parquet or Iceberg table, or make ' +
                    "this table one.",
            ),
        );
    });

    it("passes a query that is not known yet, and an exception", async () => {
        deepEqual(await judged(rawTable, query(unknownString)), clean);
        const config = excepted("monthly-summary", "replays events");
        deepEqual(await judgeStack(parquetInserts, [rawTable, query("INSERT INTO raw_sales SELECT 1")], config), clean);
    });
});
