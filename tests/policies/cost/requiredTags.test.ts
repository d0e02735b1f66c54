import { deepEqual, equal } from "node:assert/strict";
import { requiredTags } from "../../../policies/cost/required-tags";
import { clean, excepted, judge, type Subject, unknownObject, unknownString, violation } from "../harness";
import { remediate } from "../remediate";
import { bucket } from "./fixtures";

const judged = (subject: Subject, config: object) => judge(requiredTags, subject, config);
const config = { tags: { owner: "data-platform" }, required: ["dataset"] };
const tagged = (tags: unknown): Subject => bucket({ tags });
const full = { owner: "sales", dataset: "sales" };

describe("policy required-tags", () => {
    it("remediates, for control Glue.1 and its like", () => {
        equal(requiredTags.enforcementLevel, "remediate");
        equal(requiredTags.framework?.reference.includes("Glue.1"), true);
        equal(typeof requiredTags.remediateResource, "function");
    });

    it("does not apply as long as nothing is configured, to an exception, and to other resources", async () => {
        equal(
            (await judged(tagged({}), {})).notApplicable,
            "no tags are required: the rule's configuration names none",
        );
        equal(
            (await judged(tagged({}), { ...config, ...excepted("sales", "a test") })).notApplicable,
            '"sales" is an exception until 9999-12-31: a test',
        );
        const object: Subject = { type: "aws:s3/bucketObjectv2:BucketObjectv2", props: {} };
        equal((await judged(object, config)).notApplicable?.startsWith("the rule is for athena.Workgroup, "), true);
    });

    it("passes what has every key, and names those that are missing", async () => {
        deepEqual(await judged(tagged(full), config), clean);
        deepEqual(
            await judged(tagged({ owner: "sales" }), config),
            violation(
                's3.Bucket "sales" has no tag "dataset", so that its cost cannot be assigned. Set tags["dataset"].',
            ),
        );
        deepEqual(
            await judged(bucket(), config),
            violation(
                's3.Bucket "sales" has no tags "dataset" and "owner", so that its cost cannot be assigned. ' +
                    'Set tags["dataset"], tags["owner"].',
            ),
        );
    });

    it("adds tags where they are missing, writes over none, and leaves exceptions as they are", async () => {
        const after = async (subject: Subject, more: object = {}) =>
            ((await remediate(requiredTags, subject, { ...config, ...more })) as { tags?: object } | undefined)?.tags;
        deepEqual(await after(bucket()), { owner: "data-platform" });
        deepEqual(await after(tagged({ dataset: unknownString })), { dataset: unknownString, owner: "data-platform" });
        equal(await after(tagged(full)), undefined);
        equal(await after(bucket(), excepted("sales", "a test")), undefined);
        equal(await remediate(requiredTags, bucket()), undefined);
    });

    it("knows the provider's default tags", async () => {
        const provider = (defaultTags: unknown) => ({
            type: "pulumi:providers:aws",
            name: "default",
            urn: "",
            props: { defaultTags },
        });
        const tags = { tags: { owner: "data-platform" } };
        for (const defaultTags of [tags, JSON.stringify(tags)]) {
            equal(await remediate(requiredTags, bucket(), config, provider(defaultTags)), undefined);
        }
        deepEqual(await remediate(requiredTags, tagged({}), config, provider("no JSON")), {
            bucket: "sales-0a1b2c3",
            tags: { owner: "data-platform" },
        });
    });

    it("needs the keys, not the values, to be known", async () => {
        deepEqual(await judged(tagged({ owner: unknownString, dataset: unknownString }), config), clean);
        const { notKnownYet } = await judged(tagged(unknownObject), config);
        equal(notKnownYet, "Object value at .tags can't be known during preview");
    });
});
