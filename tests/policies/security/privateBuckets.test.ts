import { deepEqual, equal } from "node:assert/strict";
import { privateBuckets } from "../../../policies/security/private-buckets";
import { ended, expired } from "../expired";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { bucket, bucketPolicy, document, publicAccessBlock, readStatement } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(privateBuckets, subject, config);
const acl = (value: string): Subject => ({ type: "aws:s3/bucketAcl:BucketAcl", props: { acl: value } });

describe("policy private-buckets", () => {
    it("is mandatory and critical", () => {
        equal(privateBuckets.enforcementLevel, "mandatory");
        equal(privateBuckets.severity, "critical");
    });

    it("passes a block with all four switches, and refuses what is off or absent", async () => {
        deepEqual(await judged(publicAccessBlock()), clean);
        deepEqual(
            await judged(publicAccessBlock({ blockPublicPolicy: false })),
            violation(
                'Public access block "resource-name" leaves its bucket open: blockPublicPolicy is not true, and what is ' +
                    "absent is off. Set it to true.",
            ),
        );
        deepEqual(
            await judged({ ...publicAccessBlock(), props: { bucket: "sales", blockPublicAcls: true } }),
            violation(
                'Public access block "resource-name" leaves its bucket open: blockPublicPolicy, ignorePublicAcls and ' +
                    "restrictPublicBuckets are not true, and what is absent is off. Set them to true.",
            ),
        );
    });

    it("refuses public ACLs, and passes others", async () => {
        deepEqual(await judged(acl("private")), clean);
        deepEqual(await judged(acl("log-delivery-write")), clean);
        deepEqual(
            await judged(acl("public-read-write")),
            violation(
                'Bucket ACL "resource-name" has the acl "public-read-write", by which everyone reads and writes its ' +
                    'objects. Set acl to "private", or leave it out.',
            ),
        );
        deepEqual(
            await judged(bucket({ acl: "authenticated-read" })),
            violation(
                'Bucket "sales" has the acl "authenticated-read", by which everyone who has an AWS account reads its ' +
                    'objects. Set acl to "private", or leave it out.',
            ),
        );
    });

    it("refuses grants to everyone", async () => {
        const uri = "http://acs.amazonaws.com/groups/global/AllUsers";
        const logs = "http://acs.amazonaws.com/groups/s3/LogDelivery";
        const granted = (title: string) =>
            violation(
                `${title} grants access to the group AllUsers, and so to everyone. Take the grant out, and name who may ` +
                    "come in a bucket policy.",
            );
        deepEqual(
            await judged(bucket({ grants: [{ id: "1234" }, { uri }, { uri: logs }] })),
            granted('Bucket "sales"'),
        );
        const accessControlPolicy = { grants: [{ grantee: { uri } }, { grantee: { id: "1234" } }] };
        deepEqual(
            await judged({ type: "aws:s3/bucketAclV2:BucketAclV2", props: { accessControlPolicy } }),
            granted('Bucket ACL "resource-name"'),
        );
    });

    it("refuses a policy for everyone, and passes one with a condition or for somebody", async () => {
        const open = { ...readStatement, Principal: { AWS: ["*"] } };
        const message =
            'allows Principal "*" without a condition, and so everyone on the internet. Name the accounts, roles or ' +
            "services in Principal, or add a Condition such as aws:PrincipalOrgID.";
        deepEqual(await judged(bucketPolicy()), clean);
        deepEqual(await judged(bucketPolicy(document(open))), violation(`Bucket policy "sales-policy" ${message}`));
        deepEqual(await judged(bucket({ policy: { Statement: open } })), violation(`Bucket "sales" ${message}`));
        const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1234" } };
        deepEqual(await judged(bucketPolicy(document({ ...open, Condition }))), clean);
        deepEqual(await judged(bucketPolicy(document({ ...open, Principal: { Service: "s3.amazonaws.com" } }))), clean);
    });

    it("leaves an exception alone, until it is over", async () => {
        const open = bucket({ acl: "public-read" });
        equal(
            (await judged(open, excepted("sales", "open data"))).notApplicable,
            '"sales" is an exception until 9999-12-31: open data',
        );
        equal((await judged(open, expired("sales"))).violations[0]?.endsWith(ended), true);
    });

    it("does not apply to other resources", async () => {
        const { notApplicable } = await judged({ type: "aws:glue/job:Job", props: {} });
        equal(notApplicable?.startsWith("the rule is for s3.BucketPublicAccessBlock, s3.BucketAcl, "), true);
    });

    it("waits for what is not known yet, and refuses on what is", async () => {
        const { notKnownYet } = await judged(bucketPolicy(unknownString));
        equal(notKnownYet, "string value at .policy can't be known during preview");
        const half = publicAccessBlock({ blockPublicAcls: false, ignorePublicAcls: unknownString });
        equal((await judged(half)).violations.length, 1);
        const open = { Statement: [{ ...readStatement, Principal: "*", Resource: unknownString }] };
        equal((await judged(bucketPolicy(open))).violations.length, 1);
    });
});
