import { deepEqual, equal } from "node:assert/strict";
import { crawlerRecrawl } from "../../../policies/reliability/crawler-recrawl";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { crawler } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(crawlerRecrawl, subject, config);
const newFolders = "CRAWL_NEW_FOLDERS_ONLY";

describe("policy crawler-recrawl", () => {
    it("passes what Glue takes", async () => {
        equal(crawlerRecrawl.enforcementLevel, "mandatory");
        deepEqual(await judged(crawler(newFolders)), clean);
        deepEqual(await judged(crawler("CRAWL_EVENT_MODE")), clean);
        deepEqual(await judged(crawler("CRAWL_EVERYTHING", { schemaChangePolicy: undefined, s3Targets: [{}] })), clean);
        deepEqual(await judged({ ...crawler(""), props: { name: "sales-raw" } }), clean);
    });

    it("refuses a crawl of new folders that changes tables, be it by default", async () => {
        deepEqual(
            await judged(crawler(newFolders, { schemaChangePolicy: { updateBehavior: "LOG" } })),
            violation(
                'Crawler "sales-raw" looks at new folders only, with deleteBehavior DEPRECATE_IN_DATABASE: Glue refuses ' +
                    "it, as it cannot change tables by part of their files. Set schemaChangePolicy.deleteBehavior to " +
                    '"LOG".',
            ),
        );
        deepEqual(
            await judged(crawler(newFolders, { schemaChangePolicy: undefined })),
            violation(
                'Crawler "sales-raw" looks at new folders only, with updateBehavior UPDATE_IN_DATABASE and deleteBehavior ' +
                    "DEPRECATE_IN_DATABASE: Glue refuses it, as it cannot change tables by part of their files. Set " +
                    'schemaChangePolicy.updateBehavior to "LOG" and schemaChangePolicy.deleteBehavior to "LOG".',
            ),
        );
    });

    it("refuses a crawl by events without a queue, on each target", async () => {
        deepEqual(
            await judged(crawler("CRAWL_EVENT_MODE", { s3Targets: [{ eventQueueArn: "arn" }, { path: "s3://raw/" }] })),
            violation(
                'Crawler "sales-raw" goes by events, and its target s3Targets[1] has no queue to read them from: Glue ' +
                    "refuses it. Set s3Targets[1].eventQueueArn to the ARN of an SQS queue.",
            ),
        );
    });

    it("leaves an exception and other resources alone", async () => {
        const wrong = crawler(newFolders, { schemaChangePolicy: {} });
        equal(
            (await judged(wrong, excepted("sales-raw", "a test"))).notApplicable,
            '"sales-raw" is an exception until 9999-12-31: a test',
        );
        equal((await judged({ type: "aws:glue/job:Job", props: {} })).notApplicable, "the rule is for glue.Crawler");
    });

    it("takes a queue that is not known yet for one, and waits for the rest", async () => {
        deepEqual(await judged(crawler("CRAWL_EVENT_MODE", { s3Targets: [{ eventQueueArn: unknownString }] })), clean);
        const { notKnownYet } = await judged(crawler(unknownString));
        equal(notKnownYet, "string value at .recrawlPolicy.recrawlBehavior can't be known during preview");
    });
});
