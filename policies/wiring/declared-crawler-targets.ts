import { placesOf, type Crawler } from "../lib/crawlers";
import { overlap } from "../lib/location";
import { sources, stackRule } from "../lib/stackRule";
import { type DeclaredTable, tablesOf } from "../lib/tables";

interface Config {
    readonly zoneWords: readonly string[];
}

export const declaredCrawlerTargets = stackRule<Config>(
    {
        name: "declared-crawler-targets",
        displayName: "Crawlers of silver and gold keep declared tables",
        description: "Crawlers over silver and gold update declared tables and infer none.",
        severity: "high",
        tags: ["cost", "governance"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html",
        remediationSteps:
            "Declare the table (LakeTable), and give it to the crawler as catalogTargets instead of the location as s3Targets.",
        config: {
            zoneWords: {
                type: "array",
                items: { type: "string" },
                default: ["silver", "gold"],
                description: "Words by which a bucket's or a folder's name tells that it holds silver or gold data.",
            },
        },
    },
    (stack) => {
        const words = new RegExp(`(^|[^a-z])(${stack.config.zoneWords.join("|")})([^a-z]|$)`, "i");
        const refined = tablesOf(stack).filter((table) => table.refined);
        for (const crawler of stack.of("aws:glue/crawler:Crawler")) {
            const where = refinedPlace(crawler, refined, words);
            if (where !== undefined) {
                stack.report(
                    crawler,
                    `Crawler "${crawler.name}" infers a table from ${where}: it takes whatever format it finds, and makes every ` +
                        "partition key a string, which numbers do not prune. Declare the table, and name it in catalogTargets " +
                        "instead of its location in s3Targets.",
                );
            }
        }
    },
);

function refinedPlace(crawler: Crawler, refined: readonly DeclaredTable[], words: RegExp): string | undefined {
    for (const place of placesOf(crawler)) {
        const table = refined.find((each) => overlap(place, each.place));
        if (table !== undefined) {
            return `the location of the declared table "${table.name}"`;
        }
        if (words.test(place)) {
            return `"s3://${place}"`;
        }
    }
    // Where the place is not known yet, the bucket that it is made from tells its zone.
    const bucket = sources(crawler, "s3Targets").find(
        ({ type, name }) => type.startsWith("aws:s3/bucket") && words.test(name),
    );
    return bucket === undefined ? undefined : `the bucket "${bucket.name}"`;
}
