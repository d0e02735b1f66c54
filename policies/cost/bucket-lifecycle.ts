import { bucketsOf, inlinePart, partsOf } from "../lib/bucketParts";
import { fsbp } from "../lib/frameworks";
import { unknown } from "../lib/preview";
import { look, stackRule } from "../lib/stackRule";

export const bucketLifecycle = stackRule(
    {
        name: "bucket-lifecycle",
        displayName: "Buckets tidy up",
        description: "Every bucket has a lifecycle configuration, and gives up uploads that were never finished.",
        severity: "low",
        tags: ["cost"],
        // What is missing costs money and harms nobody; the configuration makes it mandatory for who wants that.
        enforcementLevel: "advisory",
        framework: fsbp("S3.13"),
        url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
        remediationSteps:
            "Add an aws.s3.BucketLifecycleConfiguration with an enabled rule for the whole bucket that sets " +
            "abortIncompleteMultipartUpload.daysAfterInitiation, and rules by which old data moves or goes.",
    },
    (stack) => {
        for (const bucket of bucketsOf(stack)) {
            const configurations = partsOf(stack, bucket, [
                "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
                "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            ]);
            const aborts = configurations.map(({ props }) => look(() => (props.rules ?? []).some(abortsUploads)));
            const inline = inlinePart(bucket, "lifecycleRules", () =>
                (bucket.props.lifecycleRules ?? []).map(
                    (rule) =>
                        rule.enabled &&
                        (rule.abortIncompleteMultipartUploadDays ?? 0) > 0 &&
                        (rule.prefix ?? "") === "",
                ),
            );
            const all = [...aborts, ...(inline === unknown ? [unknown] : (inline ?? []))];
            const rule =
                'a rule with status "Enabled", without a filter, and abortIncompleteMultipartUpload.daysAfterInitiation 7';
            if (all.length === 0) {
                stack.report(
                    bucket,
                    `Bucket "${bucket.name}" has no lifecycle configuration: it keeps, and is charged for, all that was ` +
                        `ever put there, unfinished uploads included. Add an aws.s3.BucketLifecycleConfiguration with ${rule}.`,
                );
            } else if (all.every((aborting) => aborting === false)) {
                stack.report(
                    bucket,
                    `Bucket "${bucket.name}" keeps the parts of uploads that were never finished: no listing shows them, ` +
                        `and they are charged for. Add to its lifecycle configuration ${rule}.`,
                );
            }
        }
    },
);

interface LifecycleRule {
    readonly status?: string;
    readonly prefix?: string;
    readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation?: number };
    readonly filter?: { readonly prefix?: string; readonly and?: unknown; readonly tag?: unknown };
}

/** In the whole bucket. What the provider gives back has empty values for what is not set. */
function abortsUploads({ status, prefix, filter, abortIncompleteMultipartUpload }: LifecycleRule): boolean {
    return (
        status === "Enabled" &&
        (abortIncompleteMultipartUpload?.daysAfterInitiation ?? 0) > 0 &&
        (prefix ?? "") === "" &&
        (filter?.prefix ?? "") === "" &&
        (filter?.and ?? undefined) === undefined &&
        (filter?.tag ?? undefined) === undefined
    );
}
