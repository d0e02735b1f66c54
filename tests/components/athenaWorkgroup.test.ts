import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AthenaWorkgroup, type AthenaWorkgroupArgs } from "../../components";
import { assertWellFormed, build, faultsOf, ofType, one, valueOf, type Built } from "./mocks";

const base: AthenaWorkgroupArgs = {
    resultsLocation: "s3://results/sales/",
    databaseName: "lake_sales",
    namedQueries: [
        { name: "top-products", sql: "SELECT 1", description: "Best sellers" },
        { name: "daily-trend", sql: "SELECT 2" },
    ],
    preparedStatements: [{ name: "of_store", sql: "SELECT 3 WHERE store_id = ?", description: "One store" }],
};

const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";

/** Results kept by Athena: what excludes that is taken away. */
const managed: Partial<AthenaWorkgroupArgs> = { managedResults: true, resultsLocation: undefined };

const workgroup = (args: Partial<AthenaWorkgroupArgs> = {}) =>
    build(() => new AthenaWorkgroup("sales", { ...base, ...args }));
const groupOf = (built: Built<unknown>) => one(built, "aws:athena/workgroup:Workgroup", "sales-workgroup").inputs;
const configurationOf = (built: Built<unknown>) => groupOf(built).configuration;

describe("AthenaWorkgroup", () => {
    let built: Built<AthenaWorkgroup>;
    before(async () => {
        built = await workgroup();
    });

    it("makes the workgroup, its named queries and prepared statements, well formed", async () => {
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
        const statement = one(built, "aws:athena/preparedStatement:PreparedStatement", "sales-statement-of_store");
        assert.deepEqual(statement.inputs, {
            name: "of_store",
            description: "One store",
            workgroup: "sales",
            queryStatement: "SELECT 3 WHERE store_id = ?",
        });
        assert.deepEqual(await valueOf(built.value.preparedStatementNames), ["of_store"]);
        assert.equal(await valueOf(built.value.resultsLocation!), "s3://results/sales/");
        assert.equal(built.value.resultsKmsKeyArn, undefined);
    });

    it("hands over how long clients may reuse a result: not at all, unless it is given", async () => {
        assert.equal(await valueOf(built.value.resultReuseMinutes), 0);
        assert.equal(await valueOf((await workgroup({ resultReuseMinutes: 60 })).value.resultReuseMinutes), 60);
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
            const encrypted = configurationOf(await workgroup({ kmsKeyArn })).resultConfiguration;
            assert.deepEqual(encrypted.encryptionConfiguration, { encryptionOption: "SSE_KMS", kmsKeyArn });
            const none = configurationOf(await workgroup({ kmsKeyArn: pulumi.output(undefined) })).resultConfiguration;
            assert.deepEqual(none.encryptionConfiguration, { encryptionOption: "SSE_S3" });
        });

        it("with expectedBucketOwner, results go only to a bucket of that account", async () => {
            const owned = await workgroup({ expectedBucketOwner: "123456789012" });
            assert.equal(configurationOf(owned).resultConfiguration.expectedBucketOwner, "123456789012");
        });

        it("no result is encrypted by less than that, even when someone lets clients choose their settings", () => {
            assert.equal(configurationOf(built).enableMinimumEncryptionConfiguration, true);
        });

        it("with managedResults, Athena keeps the results, and no bucket is named", async () => {
            const kept = await workgroup(managed);
            assert.deepEqual(configurationOf(kept).managedQueryResultsConfiguration, { enabled: true });
            assert.equal(configurationOf(kept).resultConfiguration, undefined);
            assert.equal(kept.value.resultsLocation, undefined);
            const encrypted = configurationOf(await workgroup({ ...managed, kmsKeyArn }));
            assert.deepEqual(encrypted.managedQueryResultsConfiguration, {
                enabled: true,
                encryptionConfiguration: { kmsKey: kmsKeyArn },
            });
            await build(() => {
                const wrong = { ...base, managedResults: true, expectedBucketOwner: "123456789012" };
                assert.deepEqual(
                    faultsOf(() => new AthenaWorkgroup("a", wrong)),
                    ["expectedBucketOwner", "resultsLocation"],
                );
            });
        });

        it("managed results and result reuse exclude each other", async () => {
            await build(() => {
                const reused = { ...base, ...managed, resultReuseMinutes: 60 };
                assert.deepEqual(
                    faultsOf(() => new AthenaWorkgroup("a", reused)),
                    ["resultReuseMinutes"],
                );
                assert.throws(
                    () => new AthenaWorkgroup("b", reused),
                    (error: unknown) =>
                        pulumi.InputPropertiesError.isInstance(error) &&
                        error.errors[0]!.reason.includes("give resultsLocation instead of managedResults"),
                );
            });
            await workgroup({ ...managed, resultReuseMinutes: 0 });
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

        it("buckets whose reader pays are refused", () => {
            assert.equal(configurationOf(built).requesterPaysEnabled, false);
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
                resultReuseMinutes: 10_081,
                bytesScannedCutoff: 1,
                namedQueries: [
                    { name: "top products", sql: "SELECT 1" },
                    { name: "twice", sql: "SELECT 1" },
                    { name: "twice", sql: " " },
                ],
                preparedStatements: [
                    { name: "of-store", sql: "SELECT 1" },
                    { name: "@store", sql: "SELECT 1" },
                    { name: "store@2:b", sql: "" },
                    { name: "s", sql: "SELECT 1" },
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
                    "preparedStatements[0].name",
                    "preparedStatements[1].name",
                    "preparedStatements[2].sql",
                    "preparedStatements[3].name",
                    "resultReuseMinutes",
                    "resultsLocation",
                ],
            );
            assert.deepEqual(
                faultsOf(() => new AthenaWorkgroup("sales", {})),
                ["resultsLocation"],
            );
        });
    });

    it("grants a role the rights to query in it", async () => {
        const granted = await build(() => {
            const group = new AthenaWorkgroup("sales", { ...base, kmsKeyArn });
            return group.grantQuery("analysts", {
                roleName: "analyst",
                databaseName: "lake_sales",
                tables: ["sales"],
                dataLocations: ["s3://gold/sales/"],
            });
        });
        const { role, policy } = one(granted, "aws:iam/rolePolicy:RolePolicy", "analysts-policy").inputs;
        assert.equal(role, "analyst");
        const resources = (JSON.parse(policy).Statement as { Sid: string; Resource: unknown }[]).map(
            ({ Sid, Resource }) => [Sid, Resource] as const,
        );
        const bySid = new Map(resources);
        assert.equal(bySid.get("Query"), "arn:aws:athena:eu-central-1:123456789012:workgroup/sales");
        assert.deepEqual(bySid.get("Results"), ["arn:aws:s3:::results/sales", "arn:aws:s3:::results/sales/*"]);
        assert.equal(bySid.get("ResultsKey"), kmsKeyArn);
    });
});
