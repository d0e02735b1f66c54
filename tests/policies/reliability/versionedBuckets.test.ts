import { deepEqual, equal } from "node:assert/strict";
import { versionedBuckets } from "../../../policies/reliability/versioned-buckets";
import { ended, expired } from "../expired";
import { clean, excepted, judgeStack, type Subject, unknownString, violation } from "../harness";
import { bucket, versioning } from "./fixtures";

const judged = (subjects: readonly Subject[], config?: object) => judgeStack(versionedBuckets, subjects, config);

const off = (status: string) =>
    `sales: Bucket "sales" has its versioning "${status}": what a job overwrites or deletes by mistake is gone. ` +
    'Set versioningConfiguration.status of its aws.s3.BucketVersioning to "Enabled".';
const advised = {
    violations: [],
    advice: [
        'sales: Bucket "sales" keeps no versions: what a job overwrites or deletes by mistake is gone. Add an ' +
            'aws.s3.BucketVersioning with versioningConfiguration.status "Enabled".',
    ],
};

describe("policy versioned-buckets", () => {
    it("passes a bucket that keeps versions, by its own property as well", async () => {
        equal(versionedBuckets.enforcementLevel, "mandatory");
        equal(versionedBuckets.framework?.reference, "S3.14");
        deepEqual(await judged([bucket(), versioning()]), clean);
        deepEqual(await judged([bucket({ versioning: { enabled: true } })]), clean);
        const second = { ...bucket({ versionings: [{ enabled: true }] }), type: "aws:s3/bucketV2:BucketV2" };
        deepEqual(await judged([second]), clean);
    });

    it("refuses versioning that is turned off", async () => {
        for (const status of ["Suspended", "Disabled"]) {
            deepEqual(await judged([bucket(), versioning(status)]), violation(off(status)));
        }
    });

    it("advises a bucket that says nothing", async () => {
        deepEqual(await judged([bucket()]), advised);
        deepEqual(await judged([bucket({ versioning: { enabled: false } })]), advised);
        deepEqual(await judged([bucket(), versioning("Enabled", { bucket: "other" })]), advised);
    });

    it("leaves an exception alone, until it is over, and a stack without buckets", async () => {
        const both = [bucket(), versioning("Suspended")];
        deepEqual(await judged(both, excepted("sales", "temporary data")), clean);
        deepEqual(await judged(both, expired("sales")), violation(off("Suspended") + ended));
        equal((await judged([versioning()])).notApplicable, "the stack has no buckets");
    });

    it("knows versioning at preview by the bucket that it is made from", async () => {
        const fresh = bucket({ bucket: unknownString, versioning: unknownString });
        const made = (status: unknown): Subject => ({
            ...versioning(status, { bucket: unknownString }),
            madeFrom: { bucket: ["sales"] },
        });
        deepEqual(await judged([fresh]), advised);
        deepEqual(await judged([fresh, made("Enabled")]), clean);
        deepEqual(await judged([fresh, made("Suspended")]), violation(off("Suspended")));
        deepEqual(await judged([fresh, made(unknownString)]), clean);
    });
});
