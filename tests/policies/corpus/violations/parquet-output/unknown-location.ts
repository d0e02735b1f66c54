// The location is known only in the update; the formats are known now.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { columns, json, table, tlsOnly } from "../../kit";

const bucket = new aws.s3.Bucket("unknown-location", {});
table("unknown-location", {
    storageDescriptor: { ...json, columns, location: pulumi.interpolate`s3://${bucket.id}/sales/` },
});
new aws.s3.BucketPolicy("unknown-location", { bucket: bucket.id, policy: tlsOnly(bucket) });
