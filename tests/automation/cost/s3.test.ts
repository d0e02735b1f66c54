import assert from "node:assert/strict";
import { estimate } from "../../../automation/cost/estimate";
import type { DeclaredResource } from "../../../automation/cost/resources";
import { job, resource, table, unknown, volumes } from "./resources";

const days = 365 / 12;
const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-9 * Math.max(1, expected), `${actual} should be ${expected}`);

const bucket = (zone: string) => resource("aws:s3/bucket:Bucket", `lake-${zone}`);
const sales = job({ tags: { "lakeworks:dataset": "sales" } });

function lifecycle(zone: string, rules: object[]): DeclaredResource {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    return resource(type, `lake-${zone}-lifecycle`, { bucket: unknown, rules });
}

/** The bucket's lines: storage, then requests, then transitions. */
function costs(zone: string, more: DeclaredResource[] = [], stated = volumes()) {
    const { lines } = estimate([bucket(zone), sales, ...more], stated);
    return lines.filter(({ name }) => name === `lake-${zone}`);
}

const archive = {
    status: "Enabled",
    filter: { prefix: "" },
    transitions: [
        { days: 180, storageClass: "GLACIER" },
        { days: 90, storageClass: "STANDARD_IA" },
    ],
};

describe("the cost of buckets", () => {
    it("is that of the raw files for as long as the lake is old", () => {
        const [storage, requests] = costs("bronze", [], volumes({ rawGiBPerDay: 2, rawFilesPerDay: 10 }));
        near(storage!.monthlyUsd, 730 * 0.023);
        assert.equal(storage!.what, "730 GiB STANDARD");
        assert.equal(storage!.why, "730 GiB × $0.023; objects of 2 GiB a day are kept for all the 365 days.");
        near(requests!.monthlyUsd, ((10 * days) / 1000) * (0.005 + 0.0004));
    });

    it("counts each dataset with its own volumes", () => {
        const visits = { ...job({ tags: { "lakeworks:dataset": "visits" } }), urn: "visits" };
        near(costs("bronze", [visits])[0]!.monthlyUsd, 2 * 365 * 0.023);
    });

    it("moves objects by the lifecycle, each once a class", () => {
        const stated = volumes({ rawFilesPerDay: 1000 });
        const [storage, , warm, cold] = costs("bronze", [lifecycle("bronze", [archive])], stated);
        near(storage!.monthlyUsd, 90 * 0.023 + 90 * 0.0125 + 185 * 0.0036);
        assert.equal(storage!.what, "90 GiB STANDARD, 90 GiB STANDARD_IA, 185 GiB GLACIER");
        near(warm!.monthlyUsd, days * 0.01);
        near(cold!.monthlyUsd, days * 0.03);
    });

    it("leaves out what a young lake does not reach, and rules that are off or for a folder", () => {
        const young = volumes({}, { ageDays: 60 });
        assert.equal(costs("bronze", [lifecycle("bronze", [archive])], young)[0]!.what, "60 GiB STANDARD");
        const idle = [
            { ...archive, status: "Disabled" },
            { status: "Enabled", filter: { prefix: "temp/" }, expiration: { days: 1 } },
        ];
        assert.equal(costs("bronze", [lifecycle("bronze", idle)])[0]!.what, "365 GiB STANDARD");
        assert.equal(costs("bronze", [lifecycle("bronze", [])])[0]!.what, "365 GiB STANDARD");
        const hidden = { ...lifecycle("bronze", []), inputs: { bucket: "b", rules: unknown } };
        assert.equal(costs("bronze", [hidden])[0]!.what, "365 GiB STANDARD");
    });

    it("ends with expiry", () => {
        const expiry = lifecycle("athena-results", [{ status: "Enabled", expiration: { days: 90 } }]);
        const stated = volumes({ queriesPerDay: 1024, resultMiBPerQuery: 3 });
        const [storage] = costs("athena-results", [expiry], stated);
        near(storage!.monthlyUsd, 3 * 90 * 0.023);
        assert.match(storage!.why, /expire after 90 days/);
    });

    it("is less for a table in Parquet than in JSON", () => {
        const stated = volumes({ rawGiBPerDay: 7 });
        const json = table({ parameters: { classification: "json" }, storageDescriptor: {} });
        near(costs("silver", [table()], stated)[0]!.monthlyUsd, 365 * 0.023);
        near(costs("silver", [json], stated)[0]!.monthlyUsd, 7 * 365 * 0.023);
    });

    it("counts a GET for each read of each file that is not pruned", () => {
        const stated = volumes(
            { queriesPerDay: 10, tableFilesPerDay: 2, partitionShare: 0.1, getsPerFile: 3 },
            { ageDays: 100 },
        );
        const [, pruned] = costs("silver", [table()], stated);
        const [, flat] = costs("silver", [table({ partitionKeys: [] })], stated);
        const puts = ((2 * days) / 1000) * 0.005;
        near(pruned!.monthlyUsd, puts + ((10 * days * 20 * 3) / 1000) * 0.0004);
        near(flat!.monthlyUsd, puts + ((10 * days * 200 * 3) / 1000) * 0.0004);
    });

    it("becomes cheaper per GiB over 50 and over 500 TB", () => {
        const [storage] = costs("gold", [], volumes({}, { goldGiB: 600_000 }));
        near(storage!.monthlyUsd, 51_200 * 0.023 + 460_800 * 0.022 + 88_000 * 0.021);
        assert.match(storage!.why, /\$0\.023 to \$0\.022 to \$0\.021/);
    });

    it("is not priced for a bucket of something else", () => {
        const { notPriced } = estimate([resource("aws:s3/bucket:Bucket", "website")], volumes());
        assert.deepEqual(
            notPriced.map(({ type, count }) => [type, count]),
            [["aws:s3/bucket:Bucket", 1]],
        );
    });
});

describe("the cost of keys", () => {
    const encryption = (rule: object) =>
        resource(
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            "lake-bronze-encryption",
            { rules: [rule] },
        );
    const cost = (rule: object) =>
        estimate([bucket("bronze"), encryption(rule), sales], volumes({ rawFilesPerDay: 1000 })).lines.filter(
            ({ service }) => service === "KMS",
        );
    const byKey = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: unknown } };

    it("is a dollar, and more when it has rotated", () => {
        const [line] = estimate([resource("aws:kms/key:Key", "key", { enableKeyRotation: true })], volumes()).lines;
        assert.equal(line!.monthlyUsd, 1);
        assert.match(line!.why, /rotation will each add \$1/);
    });

    it("is by the bucket's requests, a hundredth of them with a bucket key", () => {
        const requests = 2 * 1000 * days;
        near(cost(byKey)[0]!.monthlyUsd, (requests / 10_000) * 0.03);
        near(cost({ ...byKey, bucketKeyEnabled: true })[0]!.monthlyUsd, (requests / 1e6) * 0.03);
    });

    it("is nothing where S3's own key encrypts", () => {
        assert.deepEqual(cost({ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }), []);
    });
});
