import { deepEqual, equal } from "node:assert/strict";
import { tablesAreFed } from "../../../policies/wiring/tables-are-fed";
import { clean, excepted, judgeStack, type Subject, unknownArray, type Verdict, violation } from "../harness";
import { crawler, etl, orders, processed, query, raw, rawTable, sales, view } from "./fixtures";

const judged = (...subjects: Subject[]): Promise<Verdict> => judgeStack(tablesAreFed, subjects);

const unfed = violation(
    'orders-table: Table "orders" is fed by nothing: no job names it or its location in an argument, no crawler has it as a ' +
        "target, no query of the stack inserts into it. Name it in the arguments of the job that writes it, or remove it.",
);

describe("policy tables-are-fed", () => {
    it("passes a table that a job writes, or a crawler keeps", async () => {
        deepEqual(await judged(sales, etl), clean);
        deepEqual(await judged(sales, processed), clean);
        deepEqual(await judged(orders, crawler("o", { s3Targets: [{ path: "s3://silver/orders" }] })), clean);
    });

    it("passes a table that a query fills", async () => {
        deepEqual(await judged(orders, query("INSERT INTO orders SELECT * FROM sales")), clean);
        const prepared = {
            type: "aws:athena/preparedStatement:PreparedStatement",
            name: "fill",
            props: {
                name: "fill",
                queryStatement: 'INSERT INTO "lakeworks_dev_sales"."orders" SELECT * FROM sales WHERE a = ?',
            },
        };
        deepEqual(await judged(orders, prepared), clean);
    });

    it("refuses a table that nothing feeds, though others are", async () => {
        deepEqual(await judged(sales, etl, orders), unfed);
        deepEqual(await judged(sales, processed, raw, orders), unfed);
        deepEqual(await judged(orders, query("INSERT INTO other.orders SELECT 1"), etl), unfed);
    });

    it("leaves bronze tables, views and exceptions alone", async () => {
        deepEqual(await judged(sales, etl, rawTable, view), clean);
        deepEqual(
            await judgeStack(tablesAreFed, [sales, etl, orders], excepted("orders", "a partner writes it")),
            clean,
        );
    });

    it("does not apply to a stack of tables alone", async () => {
        equal(
            (await judged(sales, orders)).notApplicable,
            "the stack has no job, no crawler and no query that writes: its tables are fed from elsewhere",
        );
    });

    it("passes a crawler whose targets are not known yet, and are made from the table", async () => {
        const unknownTargets = {
            ...crawler("o", { catalogTargets: unknownArray }),
            madeFrom: { catalogTargets: ["orders-table"] },
        };
        deepEqual(await judged(orders, unknownTargets), clean);
    });
});
