// A bucket that everybody reads.
import * as aws from "@pulumi/aws";
import { tlsOnly } from "../../kit";

const bucket = new aws.s3.Bucket("public-acl", {});
new aws.s3.BucketPolicy("public-acl", { bucket: bucket.id, policy: tlsOnly(bucket) });
new aws.s3.BucketAcl("public-acl", { bucket: bucket.id, acl: "public-read" });
