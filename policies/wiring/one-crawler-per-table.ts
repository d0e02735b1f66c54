import { catalogTargetsOf, madeBy, type Crawler } from "../lib/crawlers";
import { stackRule } from "../lib/stackRule";
import { tablesOf } from "../lib/tables";

export const oneCrawlerPerTable = stackRule(
    {
        name: "one-crawler-per-table",
        displayName: "A table has one crawler",
        description: "No two crawlers make or update the same table, and none makes a table that the stack declares.",
        severity: "high",
        tags: ["governance", "reliability"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/crawler-running.html",
        remediationSteps:
            "Give the crawlers' S3 targets to one crawler, or give each its own tablePrefix or database. A crawler of a " +
            "declared table takes it as a catalog target (catalogTargets), not by its location (s3Targets).",
    },
    (stack) => {
        const declared = new Map(
            tablesOf(stack).map(({ database, name }) => [`${database ?? ""}.${name}`.toLowerCase(), name]),
        );
        const owners = new Map<string, Crawler>();
        for (const crawler of stack.of("aws:glue/crawler:Crawler")) {
            const made = madeBy(crawler);
            for (const table of [...made, ...catalogTargetsOf(crawler)]) {
                const owner = owners.get(table);
                if (owner !== undefined) {
                    stack.report(
                        crawler,
                        owner === crawler
                            ? `Crawler "${crawler.name}" makes table "${table}" of two targets: Glue names one of them with a ` +
                                  "random suffix. Give the folders different names, or make them two crawlers with different tablePrefix."
                            : `Crawlers "${owner.name}" and "${crawler.name}" both make table "${table}", and undo each ` +
                                  "other's schema. Make them one crawler, or give each its own tablePrefix or database.",
                    );
                }
                owners.set(table, owner ?? crawler);
            }
            for (const table of made.filter((each) => declared.has(each))) {
                stack.report(
                    crawler,
                    `Crawler "${crawler.name}" makes a table "${table}", which the stack declares: Glue makes a second one with a ` +
                        `random suffix, or changes the declared one. Target the table (catalogTargets) instead of its ` +
                        "location (s3Targets), or set a tablePrefix.",
                );
            }
        }
    },
);
