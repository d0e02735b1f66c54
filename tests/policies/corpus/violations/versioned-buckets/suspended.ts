// Versioning that is switched off.
import * as aws from "@pulumi/aws";
import { tlsOnly } from "../../kit";

const bucket = new aws.s3.Bucket("lake", {});
new aws.s3.BucketPolicy("tls", { bucket: bucket.id, policy: tlsOnly(bucket) });
new aws.s3.BucketVersioning("lake", { bucket: bucket.id, versioningConfiguration: { status: "Suspended" } });
