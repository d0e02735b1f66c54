import assert from "node:assert/strict";
import { GlueCrawlerPair, RecrawlBehavior, type GlueCrawlerPairArgs } from "../../components";
import {
    actionsOf,
    assertWellFormed,
    build,
    faultsOf,
    ofType,
    one,
    rightsOf,
    statementsOf,
    valueOf,
    type Built,
} from "./mocks";

const base: GlueCrawlerPairArgs = {
    databaseName: "lake_sales",
    databaseArn: "arn:aws:glue:eu-central-1:123456789012:database/lake_sales",
    rawLocation: "s3://bronze/retail/sales/",
    processedTable: "sales",
    processedLocation: "s3://silver/sales/",
};
const glue = "arn:aws:glue:eu-central-1:123456789012";

const pair = (args: Partial<GlueCrawlerPairArgs> = {}) =>
    build(() => new GlueCrawlerPair("sales", { ...base, ...args }));
const queueArn = (noun: string) => `arn:aws:sqs:eu-central-1:123456789012:sales-raw-${noun}-0a1b2c3`;
const queuePolicy = (built: Built<unknown>, noun: string) =>
    statementsOf(one(built, "aws:sqs/queuePolicy:QueuePolicy", `sales-raw-${noun}-policy`).inputs.policy);
const crawler = (built: Built<unknown>, kind: string) => one(built, "aws:glue/crawler:Crawler", `sales-${kind}`).inputs;

describe("GlueCrawlerPair", () => {
    let built: Built<GlueCrawlerPair>;
    let events: Built<GlueCrawlerPair>;
    before(async () => {
        built = await pair();
        events = await pair({ recrawl: RecrawlBehavior.Events });
    });

    it("makes two crawlers, on demand, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:GlueCrawlerPair", "sales");
        assert.equal(ofType(built, "aws:glue/crawler:Crawler").length, 2);
        for (const kind of ["raw", "processed"]) {
            assert.equal(crawler(built, kind).name, `sales-${kind}`);
            assert.equal(crawler(built, kind).databaseName, "lake_sales");
            assert.equal(crawler(built, kind).schedule, undefined);
        }
        assert.equal(await valueOf(built.value.rawCrawler), "sales-raw");
    });

    it("looks at everything again unless told otherwise, and leaves out what is not data", async () => {
        const policy = { recrawlBehavior: "CRAWL_EVERYTHING" };
        assert.deepEqual(crawler(built, "raw").recrawlPolicy, policy);
        assert.deepEqual(crawler(built, "processed").recrawlPolicy, policy);
        assert.equal(ofType(built, "aws:sqs/queue:Queue").length, 0);
        assert.equal(built.value.eventQueueArn, undefined);
        const excluding = await pair({ rawExclusions: ["**.tmp"] });
        assert.deepEqual(crawler(excluding, "raw").s3Targets[0].exclusions, ["**.tmp"]);
    });

    it("is well formed in event mode, and shows the queue that its crawler reads", async () => {
        assertWellFormed(events, "lakeworks:index:GlueCrawlerPair", "sales");
        assert.deepEqual(crawler(events, "raw").recrawlPolicy, { recrawlBehavior: "CRAWL_EVENT_MODE" });
        assert.deepEqual(crawler(events, "processed").recrawlPolicy, { recrawlBehavior: "CRAWL_EVERYTHING" });
        assert.deepEqual(crawler(events, "raw").s3Targets, [
            {
                path: "s3://bronze/retail/sales/",
                eventQueueArn: queueArn("events"),
                dlqEventQueueArn: queueArn("dead-letters"),
            },
        ]);
        assert.equal(await valueOf(events.value.eventQueueArn!), queueArn("events"));
    });

    it("takes schedules", async () => {
        const scheduled = await pair({ rawSchedule: "cron(0 1 * * ? *)", processedSchedule: "cron(0 3 * * ? *)" });
        assert.equal(crawler(scheduled, "raw").schedule, "cron(0 1 * * ? *)");
        assert.equal(crawler(scheduled, "processed").schedule, "cron(0 3 * * ? *)");
    });

    describe("enforces the following", () => {
        it("the raw crawler makes one table of its prefix: schemas are combined and the table level is that of the prefix", () => {
            const { s3Targets, configuration } = crawler(built, "raw");
            assert.deepEqual(s3Targets, [{ path: "s3://bronze/retail/sales/" }]);
            assert.deepEqual(JSON.parse(configuration).Grouping, {
                TableGroupingPolicy: "CombineCompatibleSchemas",
                TableLevelConfiguration: 3,
            });
        });

        it("the raw table's name has a prefix, so that it never collides with the declared table", async () => {
            assert.equal(crawler(built, "raw").tablePrefix, "raw_");
            assert.equal(await valueOf(built.value.rawTable), "raw_sales");
            await build(() => {
                assert.deepEqual(
                    faultsOf(() => new GlueCrawlerPair("sales", { ...base, rawTablePrefix: "" })),
                    ["rawTablePrefix"],
                );
            });
        });

        it("the processed crawler's target is the declared table itself: it makes no second one", () => {
            const { catalogTargets, s3Targets, tablePrefix } = crawler(built, "processed");
            assert.deepEqual(catalogTargets, [{ databaseName: "lake_sales", tables: ["sales"] }]);
            assert.deepEqual([s3Targets, tablePrefix], [undefined, undefined]);
        });

        it("the processed crawler leaves the declared columns as they are; both crawlers leave tables and partitions of deleted files", () => {
            assert.deepEqual(crawler(built, "processed").schemaChangePolicy, {
                updateBehavior: "LOG",
                deleteBehavior: "LOG",
            });
            assert.deepEqual(crawler(built, "raw").schemaChangePolicy, {
                updateBehavior: "UPDATE_IN_DATABASE",
                deleteBehavior: "LOG",
            });
        });

        it("partitions take format and columns from their table", () => {
            for (const kind of ["raw", "processed"]) {
                assert.deepEqual(JSON.parse(crawler(built, kind).configuration).CrawlerOutput, {
                    Partitions: { AddOrUpdateBehavior: "InheritFromTable" },
                });
            }
        });

        it("each crawler has a role of its own, which reads its own prefix and changes its own table only", () => {
            const expected = {
                raw: { path: "retail/sales", bucket: "bronze", table: "raw_sales" },
                processed: { path: "sales", bucket: "silver", table: "sales" },
            };
            for (const [kind, { path, bucket, table }] of Object.entries(expected)) {
                assert.match(crawler(built, kind).role, new RegExp(`role/sales-${kind}-role-`));
                const rights = rightsOf(built, `sales-${kind}-role`);
                assert.deepEqual(rights.get("Read")?.Resource, [
                    `arn:aws:s3:::${bucket}/${path}`,
                    `arn:aws:s3:::${bucket}/${path}/*`,
                ]);
                assert.deepEqual(rights.get("List0")?.Condition, {
                    StringLike: { "s3:prefix": [path, `${path}/*`] },
                });
                assert.deepEqual(rights.get("Catalog")?.Resource, [
                    `${glue}:catalog`,
                    `${glue}:database/lake_sales`,
                    `${glue}:table/lake_sales/${table}`,
                ]);
                const actions = actionsOf(rights);
                assert.equal(actions.includes("glue:CreateTable"), kind === "raw");
                assert.ok(
                    actions.every((action) => !action.includes("*") && !/^s3:(Put|Delete)|^glue:Delete/.test(action)),
                );
            }
        });

        it("each crawler writes to its own log stream only", () => {
            for (const kind of ["raw", "processed"]) {
                assert.equal(
                    rightsOf(built, `sales-${kind}-role`).get("Logs")?.Resource,
                    `arn:aws:logs:eu-central-1:123456789012:log-group:/aws-glue/crawlers:log-stream:sales-${kind}`,
                );
            }
        });

        it("a raw crawler of new folders only leaves every table and partition that is there as it is", async () => {
            const newFolders = crawler(await pair({ recrawl: RecrawlBehavior.NewFoldersOnly }), "raw");
            assert.deepEqual(newFolders.recrawlPolicy, { recrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" });
            assert.deepEqual(newFolders.schemaChangePolicy, { updateBehavior: "LOG", deleteBehavior: "LOG" });
        });

        it("in event mode Amazon S3 alone sends to the queue, for the raw files' bucket in this account alone", () => {
            const allowed = (noun: string) =>
                [...queuePolicy(events, noun).values()].filter((statement) => statement.Effect === "Allow");
            assert.deepEqual(allowed("events"), [
                {
                    Sid: "Events",
                    Effect: "Allow",
                    Principal: { Service: "s3.amazonaws.com" },
                    Action: "sqs:SendMessage",
                    Resource: queueArn("events"),
                    Condition: {
                        ArnEquals: { "aws:SourceArn": "arn:aws:s3:::bronze" },
                        StringEquals: { "aws:SourceAccount": "123456789012" },
                    },
                },
            ]);
            assert.deepEqual(allowed("dead-letters"), []);
        });

        it("in event mode both queues are encrypted and refuse what does not come by TLS", () => {
            for (const noun of ["events", "dead-letters"]) {
                assert.equal(one(events, "aws:sqs/queue:Queue", `sales-raw-${noun}`).inputs.sqsManagedSseEnabled, true);
                assert.deepEqual(queuePolicy(events, noun).get("TlsOnly"), {
                    Sid: "TlsOnly",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sqs:*",
                    Resource: queueArn(noun),
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                });
            }
        });

        it("in event mode an event is kept for 14 days; after five crawls that failed over it among the dead letters", () => {
            const [queue, deadLetters] = ["events", "dead-letters"].map(
                (noun) => one(events, "aws:sqs/queue:Queue", `sales-raw-${noun}`).inputs,
            );
            assert.deepEqual([queue.messageRetentionSeconds, deadLetters.messageRetentionSeconds], [1209600, 1209600]);
            assert.deepEqual(JSON.parse(queue.redrivePolicy), {
                deadLetterTargetArn: queueArn("dead-letters"),
                maxReceiveCount: 5,
            });
        });

        it("in event mode the raw crawler alone may take events, from its own queue alone", () => {
            const rights = rightsOf(events, "sales-raw-role");
            assert.equal(rights.get("Events")?.Resource, queueArn("events"));
            assert.deepEqual(rights.get("Events")?.Action, [
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ListDeadLetterSourceQueues",
                "sqs:ListQueueTags",
                "sqs:PurgeQueue",
                "sqs:ReceiveMessage",
                "sqs:SetQueueAttributes",
            ]);
            assert.equal(rights.get("DeadLetters")?.Resource, queueArn("dead-letters"));
            const ofDeadLetters = rights.get("DeadLetters")?.Action as string[];
            assert.ok(ofDeadLetters.every((action) => /^sqs:(Get|List)/.test(action)));
            const others = [rightsOf(events, "sales-processed-role"), rightsOf(built, "sales-raw-role")];
            for (const other of others) assert.ok(actionsOf(other).every((action) => !action.startsWith("sqs:")));
        });
    });

    it("uses the key only when one is given, through S3", async () => {
        assert.equal(rightsOf(built, "sales-raw-role").has("Key"), false);
        const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
        const key = rightsOf(await pair({ kmsKeyArn }), "sales-raw-role").get("Key");
        assert.equal(key?.Resource, kmsKeyArn);
        assert.deepEqual(key?.Condition, { StringLike: { "kms:ViaService": "s3.eu-central-1.amazonaws.com*" } });
    });

    it("uses roles that are given, and creates none", async () => {
        const given = await pair({ rawRoleArn: "arn:raw", processedRoleArn: "arn:processed" });
        assert.equal(ofType(given, "aws:iam/role:Role").length, 0);
        assert.equal(crawler(given, "raw").role, "arn:raw");
        assert.equal(crawler(given, "processed").role, "arn:processed");
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: GlueCrawlerPairArgs = {
                databaseName: "Sales",
                databaseArn: "sales",
                rawLocation: "s3://bronze/",
                processedTable: "sales-table",
                processedLocation: "silver/sales/",
                recrawl: "CRAWL_NOTHING" as RecrawlBehavior,
                rawExclusions: ["**.tmp", "/tmp/**", "s3://bronze/retail/sales/tmp/**"],
                rawSchedule: "daily",
                processedSchedule: "cron(0 3 * * *)",
            };
            assert.deepEqual(
                faultsOf(() => new GlueCrawlerPair("s".repeat(42), wrong)),
                [
                    "databaseArn",
                    "databaseName",
                    "name",
                    "processedLocation",
                    "processedSchedule",
                    "processedTable",
                    "rawExclusions[1]",
                    "rawExclusions[2]",
                    "rawLocation",
                    "rawSchedule",
                    "recrawl",
                ],
            );
        });
    });
});
