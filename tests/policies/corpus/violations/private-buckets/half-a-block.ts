// A block of public access with a hole.
import * as aws from "@pulumi/aws";

new aws.s3.BucketPublicAccessBlock("half-a-block", {
    bucket: "acme-lake",
    blockPublicAcls: true,
    blockPublicPolicy: false,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
});
