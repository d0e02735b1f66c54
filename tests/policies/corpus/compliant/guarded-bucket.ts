// A bucket with all that guards it.
import * as aws from "@pulumi/aws";
import { tlsOnly } from "../kit";

const bucket = new aws.s3.Bucket("lake", {});
new aws.s3.BucketPolicy("lake", { bucket: bucket.id, policy: tlsOnly(bucket) });
new aws.s3.BucketVersioning("lake", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } });
new aws.s3.BucketPublicAccessBlock("lake", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
});
