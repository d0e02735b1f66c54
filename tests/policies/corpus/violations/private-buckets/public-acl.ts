// A bucket that everybody reads.
import * as aws from "@pulumi/aws";
import { tlsOnly } from "../../kit";

const bucket = new aws.s3.Bucket("lake", {});
new aws.s3.BucketPolicy("tls", { bucket: bucket.id, policy: tlsOnly(bucket) });
new aws.s3.BucketAcl("acl", { bucket: bucket.id, acl: "public-read" });
