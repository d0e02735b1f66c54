// A location that is known only in the update.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { columns, parquet, table, tlsOnly } from "../kit";

const bucket = new aws.s3.Bucket("lake", {});
new aws.s3.BucketPolicy("tls", { bucket: bucket.id, policy: tlsOnly(bucket) });
table("sales", { storageDescriptor: { ...parquet, columns, location: pulumi.interpolate`s3://${bucket.id}/sales/` } });
