import { deepEqual } from "node:assert/strict";
import { oneCrawlerPerTable } from "../../../policies/wiring/one-crawler-per-table";
import { clean, excepted, judgeStack, type Subject, unknownString, type Verdict, violation } from "../harness";
import { crawler, processed, raw, rawTable, sales } from "./fixtures";

const judged = (...subjects: Subject[]): Promise<Verdict> => judgeStack(oneCrawlerPerTable, subjects);

const both = violation(
    'other-crawler: Crawlers "raw" and "other" both make table "lakeworks_dev_sales.raw_sales", and undo each other\'s ' +
        "schema. Make them one crawler, or give each its own tablePrefix or database.",
);

describe("policy one-crawler-per-table", () => {
    it("passes a crawler of raw data beside one of the declared table", async () => {
        deepEqual(await judged(raw, processed, sales), clean);
    });

    it("refuses two crawlers that make a table of one name", async () => {
        const other = (path: string): Subject => crawler("other", { tablePrefix: "raw_", s3Targets: [{ path }] });
        deepEqual(await judged(raw, other("s3://archive/Sales")), both);
        deepEqual(await judged(raw, other("s3://archive/orders/")), clean);
        const elsewhere = crawler("other", { ...raw.props, name: "other", databaseName: "archive" });
        deepEqual(await judged(raw, elsewhere), clean);
    });

    it("refuses two targets of one crawler that do", async () => {
        const targets = [{ path: "s3://bronze/eu/sales/" }, { path: "s3://bronze/us/sales/" }];
        deepEqual(
            await judged(crawler("both", { s3Targets: targets })),
            violation(
                'both-crawler: Crawler "both" makes table "lakeworks_dev_sales.sales" of two targets: Glue names one of them with ' +
                    "a random suffix. Give the folders different names, or make them two crawlers with different tablePrefix.",
            ),
        );
    });

    it("refuses two crawlers that update one declared table", async () => {
        const second = crawler("second", processed.props);
        deepEqual((await judged(sales, processed, { ...second, name: "second" })).violations.length, 1);
    });

    it("refuses a crawler that makes a table which is declared", async () => {
        deepEqual(
            await judged(sales, crawler("plain", { s3Targets: [{ path: "s3://bronze/sales/" }] })),
            violation(
                'plain-crawler: Crawler "plain" makes a table "lakeworks_dev_sales.sales", which the stack declares: Glue makes a ' +
                    "second one with a random suffix, or changes the declared one. Target the table (catalogTargets) " +
                    "instead of its location (s3Targets), or set a tablePrefix.",
            ),
        );
        deepEqual((await judged(rawTable, raw)).violations.length, 1);
    });

    it("passes what is not known yet, and honours exceptions", async () => {
        const unknownPath = crawler("other", { tablePrefix: "raw_", s3Targets: [{ path: unknownString }] });
        deepEqual(await judged(raw, unknownPath), clean);
        const config = excepted("other", "moves over this week");
        const other = crawler("other", { tablePrefix: "raw_", s3Targets: [{ path: "s3://archive/sales/" }] });
        deepEqual(await judgeStack(oneCrawlerPerTable, [raw, other], config), clean);
    });
});
