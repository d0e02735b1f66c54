import { bucketsOf, inlinePart, partsOf } from "../lib/bucketParts";
import { nist } from "../lib/frameworks";
import { unknown } from "../lib/preview";
import { look, stackRule } from "../lib/stackRule";

export const versionedBuckets = stackRule(
    {
        name: "versioned-buckets",
        displayName: "Buckets keep versions",
        description: "What is overwritten or deleted in a bucket can be restored.",
        severity: "medium",
        tags: ["reliability"],
        framework: nist("S3.14"),
        url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
        remediationSteps:
            'Add an aws.s3.BucketVersioning with versioningConfiguration.status "Enabled", and a lifecycle rule with ' +
            "noncurrentVersionExpiration.",
    },
    (stack) => {
        for (const bucket of bucketsOf(stack)) {
            const statuses = partsOf(stack, bucket, [
                "aws:s3/bucketVersioning:BucketVersioning",
                "aws:s3/bucketVersioningV2:BucketVersioningV2",
            ]).map(({ props }) => look(() => props.versioningConfiguration.status));
            const inline = inlinePart(bucket, "versioning", () => versioningOf(bucket.props));
            const off = statuses.find((status) => status !== unknown && status !== "Enabled");
            if (off !== undefined) {
                stack.report(
                    bucket,
                    `Bucket "${bucket.name}" has its versioning "${String(off)}": what a job overwrites or deletes by ` +
                        'mistake is gone. Set versioningConfiguration.status of its aws.s3.BucketVersioning to "Enabled".',
                );
            } else if (statuses.length === 0 && inline !== unknown && look(() => isOn(inline)) === false) {
                stack.advise(
                    bucket,
                    `Bucket "${bucket.name}" keeps no versions: what a job overwrites or deletes by mistake is gone. Add ` +
                        'an aws.s3.BucketVersioning with versioningConfiguration.status "Enabled".',
                );
            }
        }
    },
);

/** BucketV2 has another name for it. */
function versioningOf(props: { readonly versioning?: unknown; readonly versionings?: unknown }): unknown {
    return props.versioning ?? props.versionings;
}

/** BucketV2 gives a list. */
function isOn(inline: unknown): boolean {
    return [inline].flat().some((each) => (each as { enabled?: boolean } | null | undefined)?.enabled === true);
}
