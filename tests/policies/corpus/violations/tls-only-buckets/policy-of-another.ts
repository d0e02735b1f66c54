// A policy on another bucket.
import * as aws from "@pulumi/aws";
import { tlsOnly } from "../../kit";

const lake = new aws.s3.Bucket("lake", {});
new aws.s3.Bucket("scripts", {});
new aws.s3.BucketPolicy("tls", { bucket: lake.id, policy: tlsOnly(lake) });
