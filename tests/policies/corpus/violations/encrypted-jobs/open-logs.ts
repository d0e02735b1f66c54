// A security configuration that leaves the logs open.
import * as aws from "@pulumi/aws";

new aws.glue.SecurityConfiguration("open-logs", {
    name: "etl",
    encryptionConfiguration: {
        s3Encryption: { s3EncryptionMode: "SSE-S3" },
        cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
        jobBookmarksEncryption: {
            jobBookmarksEncryptionMode: "CSE-KMS",
            kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k",
        },
    },
});
