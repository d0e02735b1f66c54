import { fsbp } from "../lib/frameworks";
import { list } from "../lib/list";
import { statementsOf } from "../lib/policyDocument";
import { unknown } from "../lib/preview";
import { type Judged, resourceRule } from "../lib/resourceRule";

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const publicAcls: ReadonlySet<string> = new Set(["public-read", "public-read-write", "authenticated-read"]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee */
const publicGroups = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const privateBuckets = resourceRule(
    {
        name: "private-buckets",
        displayName: "Buckets are private",
        description: "No bucket is opened to the public, be it by its public access block, by an ACL or by its policy.",
        severity: "critical",
        tags: ["security", "access"],
        framework: fsbp("S3.2", "S3.3", "S3.8"),
        url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        remediationSteps:
            "Set all four switches of aws.s3.BucketPublicAccessBlock to true, leave ACLs out, and name the principals of a " +
            "bucket's policy. Data for the public goes through CloudFront, which needs no public bucket.",
    },
    {
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ({ props, name, look, report }) => {
            // Absent, a switch is off: the provider's default, not S3's, which turns all four on for a new bucket.
            const off = switches.filter((key) => {
                const value = look(() => props[key]);
                return value !== unknown && value !== true;
            });
            if (off.length > 0) {
                report(
                    `Public access block "${name}" leaves its bucket open: ${list(off)} ` +
                        `${off.length === 1 ? "is" : "are"} not true, and what is absent is off. Set ` +
                        `${off.length === 1 ? "it" : "them"} to true.`,
                );
            }
        },
        "aws:s3/bucketAcl:BucketAcl": (judged) => checkAcl(`Bucket ACL "${judged.name}"`, judged),
        "aws:s3/bucketAclV2:BucketAclV2": (judged) => checkAcl(`Bucket ACL "${judged.name}"`, judged),
        "aws:s3/bucket:Bucket": (judged) => checkBucket(judged),
        "aws:s3/bucketV2:BucketV2": (judged) => checkBucket(judged),
        "aws:s3/bucketPolicy:BucketPolicy": (judged) => checkPolicy(`Bucket policy "${judged.name}"`, judged),
    },
);

/** What of a rule's subject these checks use. */
type Subject = Pick<Judged<"aws:s3/bucket:Bucket">, "name" | "look" | "report"> & {
    readonly props: {
        readonly acl?: string;
        readonly policy?: unknown;
        readonly grants?: readonly { readonly uri?: string }[];
        readonly accessControlPolicy?: {
            readonly grants?: readonly { readonly grantee?: { readonly uri?: string } }[];
        };
    };
};

function checkBucket(judged: Subject): void {
    checkAcl(`Bucket "${judged.name}"`, judged);
    checkPolicy(`Bucket "${judged.name}"`, judged);
}

function checkAcl(title: string, { props, look, report }: Subject): void {
    const acl = look(() => props.acl);
    if (typeof acl === "string" && publicAcls.has(acl)) {
        const whom = acl === "authenticated-read" ? "everyone who has an AWS account" : "everyone";
        const what = acl === "public-read-write" ? "reads and writes" : "reads";
        report(
            `${title} has the acl "${acl}", by which ${whom} ${what} its objects. Set acl to "private", or leave it out.`,
        );
    }
    const groups = look(() => [
        ...(props.grants ?? []).map(({ uri }) => uri),
        ...(props.accessControlPolicy?.grants ?? []).map(({ grantee }) => grantee?.uri),
    ]);
    for (const group of groups === unknown ? [] : groups) {
        if (publicGroups.test(group ?? "")) {
            report(
                `${title} grants access to the group ${group?.split("/").at(-1)}, and so to everyone. Take the grant out, ` +
                    "and name who may come in a bucket policy.",
            );
        }
    }
}

function checkPolicy(title: string, { props, look, report }: Subject): void {
    const statements = statementsOf(look, () => props.policy);
    for (const { effect, principals, condition } of statements === unknown ? [] : statements) {
        if (effect === "Allow" && principals !== unknown && principals.includes("*") && condition === undefined) {
            report(
                `${title} allows Principal "*" without a condition, and so everyone on the internet. Name the accounts, ` +
                    "roles or services in Principal, or add a Condition such as aws:PrincipalOrgID.",
            );
        }
    }
}
