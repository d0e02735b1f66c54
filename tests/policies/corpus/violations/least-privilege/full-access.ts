// AWS's own policy for everything in S3.
import * as aws from "@pulumi/aws";

new aws.iam.RolePolicyAttachment("full-access", {
    role: "etl",
    policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
});
