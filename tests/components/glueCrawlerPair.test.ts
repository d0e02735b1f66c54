import assert from "node:assert/strict";
import { GlueCrawlerPair, type GlueCrawlerPairArgs } from "../../components";
import { actionsOf, assertWellFormed, build, faultsOf, ofType, one, rightsOf, valueOf, type Built } from "./mocks";

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
const crawler = (built: Built<unknown>, kind: string) => one(built, "aws:glue/crawler:Crawler", `sales-${kind}`).inputs;

describe("GlueCrawlerPair", () => {
    let built: Built<GlueCrawlerPair>;
    before(async () => {
        built = await pair();
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

    it("takes schedules", async () => {
        const scheduled = await pair({ rawSchedule: "cron(0 1 * * ? *)", processedSchedule: "cron(0 3 * * ? *)" });
        assert.equal(crawler(scheduled, "raw").schedule, "cron(0 1 * * ? *)");
        assert.equal(crawler(scheduled, "processed").schedule, "cron(0 3 * * ? *)");
    });

    describe("enforces the following", () => {
        it("the raw crawler makes one table of its prefix: schemas combined, table level that of the prefix", () => {
            const { s3Targets, configuration } = crawler(built, "raw");
            assert.deepEqual(s3Targets, [{ path: "s3://bronze/retail/sales/" }]);
            assert.deepEqual(JSON.parse(configuration).Grouping, {
                TableGroupingPolicy: "CombineCompatibleSchemas",
                TableLevelConfiguration: 3,
            });
        });

        it("the raw table's name has a prefix", async () => {
            assert.equal(crawler(built, "raw").tablePrefix, "raw_");
            assert.equal(await valueOf(built.value.rawTable), "raw_sales");
            await build(() => {
                assert.deepEqual(
                    faultsOf(() => new GlueCrawlerPair("sales", { ...base, rawTablePrefix: "" })),
                    ["rawTablePrefix"],
                );
            });
        });

        it("the processed crawler's target is the declared table itself", () => {
            const { catalogTargets, s3Targets, tablePrefix } = crawler(built, "processed");
            assert.deepEqual(catalogTargets, [{ databaseName: "lake_sales", tables: ["sales"] }]);
            assert.deepEqual([s3Targets, tablePrefix], [undefined, undefined]);
        });

        it("the processed crawler leaves declared columns; both leave what was deleted", () => {
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
                    "rawLocation",
                    "rawSchedule",
                ],
            );
        });
    });
});
