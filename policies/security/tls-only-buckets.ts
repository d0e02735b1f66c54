import { bucketsOf, inlinePart, partsOf } from "../lib/bucketParts";
import { fsbp } from "../lib/frameworks";
import { type PolicyStatement, statementsOf } from "../lib/policyDocument";
import { unknown } from "../lib/preview";
import { look, stackRule } from "../lib/stackRule";

export const tlsOnlyBuckets = stackRule(
    {
        name: "tls-only-buckets",
        displayName: "Buckets take TLS only",
        description: "Every bucket has a policy that refuses requests without TLS.",
        severity: "high",
        tags: ["security", "encryption"],
        framework: fsbp("S3.5"),
        url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
        remediationSteps:
            "Make the bucket with DataLakeBuckets, or give it a BucketPolicy with the statement Effect Deny, Principal *, " +
            'Action s3:*, Resource the bucket and its objects, Condition Bool aws:SecureTransport "false".',
    },
    (stack) => {
        for (const bucket of bucketsOf(stack)) {
            const policies = partsOf(stack, bucket, ["aws:s3/bucketPolicy:BucketPolicy"]);
            const texts = policies.map(({ props }) => look(() => props.policy as unknown));
            const inline = inlinePart(bucket, "policy", () => bucket.props.policy as unknown);
            const all = inline === undefined || inline === "" ? texts : [...texts, inline];
            const fix = 'Deny s3:* to Principal "*" on the bucket and its objects where aws:SecureTransport is "false"';
            if (all.length === 0) {
                stack.report(
                    bucket,
                    `Bucket "${bucket.name}" has no bucket policy, so it answers requests without TLS, which can be read ` +
                        `on their way. Add an aws.s3.BucketPolicy. ${fix}.`,
                );
            } else if (!all.some(refusesPlainHttp)) {
                stack.report(
                    bucket,
                    `Bucket "${bucket.name}" has a policy that lets requests without TLS through, which can be read on ` +
                        `their way. Add a statement. ${fix}.`,
                );
            }
        }
    },
);

/** A text that is not known yet passes: the update runs the rule again. */
function refusesPlainHttp(policy: unknown): boolean {
    const statements = statementsOf(look, () => policy);
    return policy === unknown || statements === unknown || statements.some(isTlsStatement);
}

function isTlsStatement({ effect, principals, actions, resources, condition }: PolicyStatement): boolean {
    return (
        isOrMayBe(effect, (value) => value === "Deny") &&
        isOrMayBe(principals, (all) => all.includes("*")) &&
        isOrMayBe(actions, (all) => all.some((action) => /^(s3:)?\*$/i.test(action))) &&
        isOrMayBe(resources, (all) => all.some((resource) => resource === "*" || resource.endsWith("/*"))) &&
        isOrMayBe(condition, (value) => {
            const [[operator, keys] = [], ...more] = Object.entries(value ?? {});
            // Conditions of a statement hold together: any further one lets some requests through.
            return (
                more.length === 0 &&
                /^Bool(IfExists)?$/i.test(operator ?? "") &&
                Object.keys(keys ?? {}).length === 1 &&
                keys?.["aws:securetransport"]?.every((allowed) => allowed === "false") === true
            );
        })
    );
}

function isOrMayBe<T>(part: T | typeof unknown, check: (part: T) => boolean): boolean {
    return part === unknown || check(part);
}
