import { given } from "../lib/given";
import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

export const crawlerRecrawl = resourceRule(
    {
        name: "crawler-recrawl",
        displayName: "Crawlers recrawl as Glue lets them",
        description: "A crawler's schema change policy and queues fit its recrawl behavior; Glue refuses it otherwise.",
        severity: "medium",
        tags: ["reliability"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html",
        remediationSteps:
            'With CRAWL_NEW_FOLDERS_ONLY, set both behaviors of schemaChangePolicy to "LOG". With CRAWL_EVENT_MODE, give ' +
            "each S3 target the ARN of the SQS queue that its bucket announces objects to.",
    },
    {
        "aws:glue/crawler:Crawler": ({ props, name, look, report }) => {
            const behavior = look(() => props.recrawlPolicy?.recrawlBehavior);
            if (behavior === "CRAWL_NEW_FOLDERS_ONLY") {
                const wrong = (
                    [
                        ["updateBehavior", "UPDATE_IN_DATABASE"],
                        ["deleteBehavior", "DEPRECATE_IN_DATABASE"],
                    ] as const
                ).flatMap(([property, byDefault]) => {
                    const value = look(() => props.schemaChangePolicy?.[property] ?? byDefault);
                    return value === unknown || value === "LOG" ? [] : [{ property, value }];
                });
                if (wrong.length > 0) {
                    const found = wrong.map(({ property, value }) => `${property} ${value}`);
                    const wanted = wrong.map(({ property }) => `schemaChangePolicy.${property} to "LOG"`);
                    report(
                        `Crawler "${name}" looks at new folders only, with ${list(found)}: Glue refuses it, as it cannot ` +
                            `change tables by part of their files. Set ${list(wanted)}.`,
                    );
                }
            }
            if (behavior === "CRAWL_EVENT_MODE") {
                const targets = look(() => (props.s3Targets ?? []).map((target) => target));
                for (const index of targets === unknown ? [] : targets.keys()) {
                    if (!given(() => props.s3Targets?.[index]?.eventQueueArn)) {
                        report(
                            `Crawler "${name}" goes by events, and its target s3Targets[${index}] has no queue to read them ` +
                                `from: Glue refuses it. Set s3Targets[${index}].eventQueueArn to the ARN of an SQS queue.`,
                        );
                    }
                }
            }
        },
    },
);
