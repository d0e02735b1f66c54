import { deepEqual, equal } from "node:assert/strict";
import { tlsOnlyBuckets } from "../../../policies/security/tls-only-buckets";
import { ended, expired } from "../expired";
import { clean, excepted, judgeStack, type Subject, unknownString, violation } from "../harness";
import { bucket, bucketArn, bucketPolicy, document, tlsStatement } from "./fixtures";

const judged = (subjects: readonly Subject[], config?: object) => judgeStack(tlsOnlyBuckets, subjects, config);

const fix = 'Deny s3:* to Principal "*" on the bucket and its objects where aws:SecureTransport is "false".';
const none =
    'sales: Bucket "sales" has no bucket policy, so it answers requests without TLS, which can be read on their way. ' +
    `Add an aws.s3.BucketPolicy. ${fix}`;
const lax =
    'sales: Bucket "sales" has a policy that lets requests without TLS through, which can be read on their way. ' +
    `Add a statement. ${fix}`;

describe("policy tls-only-buckets", () => {
    it("is mandatory, for control S3.5", () => {
        equal(tlsOnlyBuckets.enforcementLevel, "mandatory");
        equal(tlsOnlyBuckets.framework?.reference, "S3.5");
    });

    it("passes a bucket whose policy refuses requests without TLS, of both types of bucket", async () => {
        deepEqual(await judged([bucket(), bucketPolicy()]), clean);
        deepEqual(await judged([{ ...bucket(), type: "aws:s3/bucketV2:BucketV2" }, bucketPolicy()]), clean);
        deepEqual(await judged([bucket({ policy: document(tlsStatement) })]), clean);
    });

    it("refuses a bucket without policy, and one whose policy is another bucket's", async () => {
        deepEqual(await judged([bucket({ policy: "" })]), violation(none));
        deepEqual(await judged([bucket(), bucketPolicy(undefined, { bucket: "other" })]), violation(none));
    });

    for (const [what, statement] of Object.entries({
        "an allowing statement": { ...tlsStatement, Effect: "Allow" },
        "a statement for one principal": { ...tlsStatement, Principal: { AWS: "123456789012" } },
        "a statement for one action": { ...tlsStatement, Action: "s3:PutObject" },
        "a statement for the bucket without its objects": { ...tlsStatement, Resource: bucketArn },
        "a condition that asks for TLS": { ...tlsStatement, Condition: { Bool: { "aws:SecureTransport": "true" } } },
        "a second condition": {
            ...tlsStatement,
            Condition: { ...tlsStatement.Condition, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        },
        "no condition": { ...tlsStatement, Condition: undefined },
    })) {
        it(`refuses ${what}`, async () => {
            deepEqual(await judged([bucket(), bucketPolicy(document(statement))]), violation(lax));
        });
    }

    it("reads a policy however it is written", async () => {
        const policies: unknown[] = [
            { Statement: tlsStatement },
            document({ ...tlsStatement, Principal: { AWS: "*" }, Action: ["s3:*"] }),
            document({ ...tlsStatement, Action: "*", Condition: { Bool: { "aws:securetransport": [false] } } }),
        ];
        for (const policy of policies) {
            deepEqual(await judged([bucket(), bucketPolicy(policy)]), clean);
        }
        deepEqual(await judged([bucket(), bucketPolicy("{")]), violation(lax));
    });

    it("leaves an exception alone, until it is over", async () => {
        deepEqual(await judged([bucket({ policy: "" })], excepted("sales", "a website")), clean);
        deepEqual(await judged([bucket({ policy: "" })], expired("sales")), violation(none + ended));
    });

    it("does not apply to a stack without buckets", async () => {
        equal((await judged([bucketPolicy()])).notApplicable, "the stack has no buckets");
    });

    describe("at preview", () => {
        const fresh = bucket({ bucket: unknownString, policy: unknownString });
        const made = (policy: unknown, from: string): Subject => ({
            ...bucketPolicy(policy, { bucket: unknownString }),
            madeFrom: { bucket: [from] },
        });

        it("knows a policy by the bucket that it is made from", async () => {
            deepEqual(await judged([fresh, made(document(tlsStatement), "sales")]), clean);
            const other = { ...fresh, name: "other" };
            deepEqual(await judged([fresh, other, made(document(tlsStatement), "other")]), violation(none));
        });

        it("knows it by way of another part of the bucket", async () => {
            const block: Subject = {
                type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                name: "sales-privacy",
                props: { bucket: unknownString },
                madeFrom: { bucket: ["sales"] },
            };
            deepEqual(await judged([fresh, block, made(document(tlsStatement), "sales-privacy")]), clean);
        });

        it("refuses a bucket without policy although its own is not known", async () => {
            deepEqual(await judged([fresh]), violation(none));
            deepEqual(await judged([{ ...fresh, madeFrom: { policy: ["sales"] } }]), clean);
        });

        it("passes a text that is not known yet, and refuses one that is", async () => {
            deepEqual(await judged([fresh, made(unknownString, "sales")]), clean);
            deepEqual(await judged([fresh, made(document(), "sales")]), violation(lax));
            const partly = { Statement: [{ ...tlsStatement, Resource: [unknownString] }] };
            deepEqual(await judged([fresh, made(partly, "sales")]), clean);
        });
    });
});
