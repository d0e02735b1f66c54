import assert from "node:assert/strict";
import { AthenaWorkgroup, type AthenaWorkgroupArgs } from "../../components";
import { assertWellFormed, build, faultsOf, ofType, one, valueOf, type Built } from "./mocks";

const base: AthenaWorkgroupArgs = {
    resultsLocation: "s3://results/sales/",
    databaseName: "lake_sales",
    namedQueries: [
        { name: "top-products", sql: "SELECT 1", description: "Best sellers" },
        { name: "daily-trend", sql: "SELECT 2" },
    ],
};

const workgroup = (args: Partial<AthenaWorkgroupArgs> = {}) =>
    build(() => new AthenaWorkgroup("sales", { ...base, ...args }));
const groupOf = (built: Built<unknown>) => one(built, "aws:athena/workgroup:Workgroup", "sales-workgroup").inputs;
const configurationOf = (built: Built<unknown>) => groupOf(built).configuration;

describe("AthenaWorkgroup", () => {
    let built: Built<AthenaWorkgroup>;
    before(async () => {
        built = await workgroup();
    });

    it("makes the workgroup and its named queries, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:AthenaWorkgroup", "sales");
        assert.equal(groupOf(built).name, "sales");
        assert.equal(ofType(built, "aws:athena/namedQuery:NamedQuery").length, 2);
        const query = (name: string) => one(built, "aws:athena/namedQuery:NamedQuery", `sales-query-${name}`).inputs;
        const common = { workgroup: "sales", database: "lake_sales" };
        assert.deepEqual(query("top-products"), {
            ...common,
            name: "top-products",
            description: "Best sellers",
            query: "SELECT 1",
        });
        assert.deepEqual(query("daily-trend"), { ...common, name: "daily-trend", query: "SELECT 2" });
        assert.deepEqual(await valueOf(built.value.namedQueryIds), {
            "top-products": "sales-query-top-products-id",
            "daily-trend": "sales-query-daily-trend-id",
        });
    });

    describe("enforces the following", () => {
        it("the workgroup's settings override those of the client", () => {
            assert.equal(configurationOf(built).enforceWorkgroupConfiguration, true);
        });

        it("results go to resultsLocation, encrypted by SSE-S3 or by the key given", async () => {
            assert.deepEqual(configurationOf(built).resultConfiguration, {
                outputLocation: "s3://results/sales/",
                encryptionConfiguration: { encryptionOption: "SSE_S3" },
            });
            const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
            assert.deepEqual(
                configurationOf(await workgroup({ kmsKeyArn })).resultConfiguration.encryptionConfiguration,
                {
                    encryptionOption: "SSE_KMS",
                    kmsKeyArn,
                },
            );
        });

        it("with expectedBucketOwner, results go only to a bucket of that account", async () => {
            const owned = await workgroup({ expectedBucketOwner: "123456789012" });
            assert.equal(configurationOf(owned).resultConfiguration.expectedBucketOwner, "123456789012");
        });

        it("a query is cancelled once it has scanned bytesScannedCutoff bytes", async () => {
            assert.equal(configurationOf(built).bytesScannedCutoffPerQuery, 10_737_418_240);
            const least = await workgroup({ bytesScannedCutoff: 10_485_760 });
            assert.equal(configurationOf(least).bytesScannedCutoffPerQuery, 10_485_760);
            await build(() => {
                for (const bytesScannedCutoff of [10_485_759, 0]) {
                    assert.deepEqual(
                        faultsOf(() => new AthenaWorkgroup("a", { ...base, bytesScannedCutoff })),
                        ["bytesScannedCutoff"],
                    );
                }
            });
        });

        it("the engine is Athena engine version 3", () => {
            assert.deepEqual(configurationOf(built).engineVersion, {
                selectedEngineVersion: "Athena engine version 3",
            });
        });

        it("metrics are published to CloudWatch", () => {
            assert.equal(configurationOf(built).publishCloudwatchMetricsEnabled, true);
        });

        it("a workgroup that holds queries is deleted only with forceDestroy", async () => {
            assert.equal(groupOf(built).forceDestroy, false);
            assert.equal(groupOf(await workgroup({ forceDestroy: true })).forceDestroy, true);
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: AthenaWorkgroupArgs = {
                resultsLocation: "s3://results",
                expectedBucketOwner: "me",
                kmsKeyArn: "alias/mine",
                bytesScannedCutoff: 1,
                namedQueries: [
                    { name: "top products", sql: "SELECT 1" },
                    { name: "twice", sql: "SELECT 1" },
                    { name: "twice", sql: " " },
                ],
            };
            assert.deepEqual(
                faultsOf(() => new AthenaWorkgroup("sales/eu", wrong)),
                [
                    "bytesScannedCutoff",
                    "databaseName",
                    "expectedBucketOwner",
                    "kmsKeyArn",
                    "name",
                    "namedQueries[0].name",
                    "namedQueries[2].name",
                    "namedQueries[2].sql",
                    "resultsLocation",
                ],
            );
        });
    });
});
