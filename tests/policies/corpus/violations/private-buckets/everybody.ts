// A policy for everybody.
import * as aws from "@pulumi/aws";

new aws.s3.BucketPolicy("everybody", {
    bucket: "acme-lake",
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-lake/*" }],
    }),
});
