import { deepEqual, equal } from "node:assert/strict";
import { bucketLifecycle } from "../../../policies/cost/bucket-lifecycle";
import { ended, expired } from "../expired";
import { clean, excepted, judgeStack, type Subject, unknownArray, unknownString, violation } from "../harness";
import { abortRule, bucket, lifecycle } from "./fixtures";

const judged = (subjects: readonly Subject[], config?: object) => judgeStack(bucketLifecycle, subjects, config);

const rule =
    'a rule with status "Enabled", without a filter, and abortIncompleteMultipartUpload.daysAfterInitiation 7.';
const none =
    'sales: Bucket "sales" has no lifecycle configuration: it keeps, and is charged for, all that was ever put there, ' +
    `unfinished uploads included. Add an aws.s3.BucketLifecycleConfiguration with ${rule}`;
const keeps =
    'sales: Bucket "sales" keeps the parts of uploads that were never finished: no listing shows them, and they are ' +
    `charged for. Add to its lifecycle configuration ${rule}`;

describe("policy bucket-lifecycle", () => {
    it("is advisory, for control S3.13", () => {
        equal(bucketLifecycle.enforcementLevel, "advisory");
        equal(bucketLifecycle.framework?.reference, "S3.13");
    });

    it("passes a bucket that gives unfinished uploads up, by its own rules as well", async () => {
        deepEqual(await judged([bucket(), lifecycle()]), clean);
        const empty = { ...abortRule, filter: { prefix: "", and: null, tag: null }, prefix: "" };
        deepEqual(await judged([bucket(), lifecycle([{ status: "Enabled" }, empty])]), clean);
        const own = { enabled: true, abortIncompleteMultipartUploadDays: 7 };
        deepEqual(await judged([bucket({ lifecycleRules: [own] })]), clean);
    });

    it("tells of a bucket without a configuration", async () => {
        deepEqual(await judged([bucket({ lifecycleRules: [] })]), violation(none));
        deepEqual(await judged([bucket(), lifecycle(undefined, { bucket: "other" })]), violation(none));
    });

    it("tells of one that keeps unfinished uploads, in a part of the bucket too", async () => {
        for (const changes of [
            { status: "Disabled" },
            { abortIncompleteMultipartUpload: undefined },
            { filter: { prefix: "temp/" } },
            { filter: { tag: { key: "a", value: "b" } } },
        ]) {
            deepEqual(await judged([bucket(), lifecycle([{ ...abortRule, ...changes }])]), violation(keeps));
        }
        const own = [{ enabled: false, abortIncompleteMultipartUploadDays: 7 }];
        deepEqual(await judged([bucket({ lifecycleRules: own })]), violation(keeps));
    });

    it("leaves an exception alone, until it is over, and a stack without buckets", async () => {
        deepEqual(await judged([bucket()], excepted("sales", "gone tomorrow")), clean);
        deepEqual(await judged([bucket()], expired("sales")), violation(none + ended));
        equal((await judged([lifecycle()])).notApplicable, "the stack has no buckets");
    });

    it("knows a configuration at preview by the bucket that it is made from", async () => {
        const fresh = bucket({ bucket: unknownString, lifecycleRules: unknownArray });
        const made = (rules: unknown): Subject => ({
            ...lifecycle(rules, { bucket: unknownString }),
            madeFrom: { bucket: ["sales"] },
        });
        deepEqual(await judged([fresh]), violation(none));
        deepEqual(await judged([fresh, made([abortRule])]), clean);
        deepEqual(await judged([fresh, made(unknownArray)]), clean);
        deepEqual(await judged([fresh, made([])]), violation(keeps));
    });
});
