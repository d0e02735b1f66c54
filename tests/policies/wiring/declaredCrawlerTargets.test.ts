import { deepEqual } from "node:assert/strict";
import { declaredCrawlerTargets } from "../../../policies/wiring/declared-crawler-targets";
import { clean, excepted, judgeStack, type Subject, unknownString, type Verdict, violation } from "../harness";
import { bucket, crawler, processed, raw, sales } from "./fixtures";

const judged = (subjects: Subject[], config?: object): Promise<Verdict> =>
    judgeStack(declaredCrawlerTargets, subjects, config);
const over = (path: string): Subject => crawler("c", { s3Targets: [{ path }] });
const infers = (where: string): Verdict =>
    violation(
        `c-crawler: Crawler "c" infers a table from ${where}: it takes whatever format it finds, and makes every partition key ` +
            "a string, which numbers do not prune. Declare the table, and name it in catalogTargets instead of its location " +
            "in s3Targets.",
    );

describe("policy declared-crawler-targets", () => {
    it("passes crawlers of raw data and of declared tables", async () => {
        deepEqual(await judged([raw, processed, sales]), clean);
        deepEqual(await judged([over("s3://goldsmith/silverware/")]), clean);
    });

    it("refuses a crawler over silver or gold", async () => {
        deepEqual(await judged([over("s3://acme-silver/orders/")]), infers('"s3://acme-silver/orders/"'));
        deepEqual(await judged([over("s3://acme/Gold/marts")]), infers('"s3://acme/Gold/marts/"'));
    });

    it("refuses a crawler at the location of a declared table", async () => {
        deepEqual(
            await judged([over("s3://silver/sales/2026/"), sales]),
            infers('the location of the declared table "sales"'),
        );
    });

    it("takes other words for silver and gold", async () => {
        const config = { zoneWords: ["curated"] };
        deepEqual(await judged([over("s3://acme-silver/orders/")], config), clean);
        deepEqual((await judged([over("s3://acme/curated/orders/")], config)).violations.length, 1);
    });

    it("goes by the bucket where the path is not known yet", async () => {
        const from = (name: string): Subject => ({ ...over(unknownString), madeFrom: { s3Targets: [name] } });
        deepEqual(await judged([from("lake-silver"), bucket("lake-silver")]), infers('the bucket "lake-silver"'));
        deepEqual(await judged([from("lake-bronze"), bucket("lake-bronze")]), clean);
    });

    it("honours an exception", async () => {
        deepEqual(await judged([over("s3://acme/gold/x/")], excepted("c", "a partner's files")), clean);
    });
});
