// A role that may do everything in S3.
import * as aws from "@pulumi/aws";

new aws.iam.RolePolicy("all-of-s3", {
    role: "etl",
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::acme-lake/*" }],
    }),
});
