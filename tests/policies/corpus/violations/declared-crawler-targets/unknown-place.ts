// The place is known only in the update; that its bucket is silver is known now.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { crawler, tlsOnly } from "../../kit";

const bucket = new aws.s3.Bucket("silver", {});
new aws.s3.BucketPolicy("tls", { bucket: bucket.id, policy: tlsOnly(bucket) });
crawler("processed", { tablePrefix: "p_", s3Targets: [{ path: pulumi.interpolate`s3://${bucket.id}/sales/` }] });
