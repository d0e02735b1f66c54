// A bucket that answers plain HTTP.
import * as aws from "@pulumi/aws";

new aws.s3.Bucket("lake", { bucket: "acme-lake" });
