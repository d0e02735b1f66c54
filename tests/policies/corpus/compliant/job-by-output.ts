// A job that takes what it writes from the table's outputs, all unknown yet.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { columns, job, parquet, table, tlsOnly } from "../kit";

const bucket = new aws.s3.Bucket("silver", {});
new aws.s3.BucketPolicy("tls", { bucket: bucket.id, policy: tlsOnly(bucket) });
const target = pulumi.interpolate`s3://${bucket.id}/sales/`;
table("sales", { storageDescriptor: { ...parquet, columns, location: target } });
job("etl", { defaultArguments: { "--output": target } });
