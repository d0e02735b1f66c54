import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "buckets, their keys and queues",
    program: (pick) => {
        const tags = { team: pick("lake", "sea"), [pick("a", "b")]: "c" };
        const key = new aws.kms.Key("key", {
            description: pick("of the lake", "of the whole lake"),
            enableKeyRotation: pick(true, false),
            deletionWindowInDays: 7,
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: pick("Account", "Owner"),
                        Effect: "Allow",
                        Principal: { AWS: "arn:aws:iam::000000000000:root" },
                        Action: "kms:*",
                        Resource: "*",
                    },
                ],
            }),
            tags,
        });
        new aws.kms.Alias("alias", { name: "alias/lake", targetKeyId: key.keyId });
        const logs = new aws.s3.Bucket("logs", { bucket: "roundtrip-logs", forceDestroy: true });
        const lake = new aws.s3.Bucket("lake", { bucket: "roundtrip-lake", forceDestroy: pick(true, true), tags });
        const { bucket } = lake;
        const versioning = new aws.s3.BucketVersioning("versioning", {
            bucket,
            versioningConfiguration: { status: pick("Enabled", "Suspended") },
        });
        new aws.s3.BucketServerSideEncryptionConfiguration("encryption", {
            bucket,
            rules: [
                pick(
                    { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
                    {
                        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
                        bucketKeyEnabled: true,
                    },
                ),
            ],
        });
        const open = new aws.s3.BucketPublicAccessBlock("public", {
            bucket,
            blockPublicAcls: true,
            blockPublicPolicy: pick(true, false),
            ignorePublicAcls: true,
            restrictPublicBuckets: pick(true, false),
        });
        new aws.s3.BucketOwnershipControls("ownership", {
            bucket,
            rule: { objectOwnership: pick("BucketOwnerEnforced", "BucketOwnerPreferred") },
        });
        const queue = new aws.sqs.Queue("events", {
            name: "events",
            messageRetentionSeconds: pick(1_209_600, 345_600),
            visibilityTimeoutSeconds: pick(30, 60),
            sqsManagedSseEnabled: true,
            tags,
        });
        const deny = (resource: pulumi.Input<string>, action: string, principal = "*") =>
            pulumi.output(resource).apply((arn) =>
                JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Sid: pick("TlsOnly", "OnlyTls"),
                            Effect: "Deny",
                            Principal: principal,
                            Action: action,
                            Resource: arn,
                            Condition: { Bool: { "aws:SecureTransport": "false" } },
                        },
                    ],
                }),
            );
        const ofQueue = new aws.sqs.QueuePolicy("queue-policy", {
            queueUrl: queue.url,
            policy: deny(queue.arn, "sqs:*"),
        });
        new aws.s3.BucketPolicy("policy", { bucket, policy: deny(lake.arn, "s3:*") }, { dependsOn: open });
        new aws.s3.BucketLogging("logging", {
            bucket,
            targetBucket: logs.bucket,
            targetPrefix: pick("lake/", "of-lake/"),
        });
        new aws.s3.BucketNotification(
            "notification",
            {
                bucket,
                eventbridge: pick(true, false),
                queues: [
                    {
                        id: "all",
                        queueArn: queue.arn,
                        events: ["s3:ObjectCreated:*"],
                        filterPrefix: pick("in/", "out/"),
                    },
                ],
            },
            { dependsOn: ofQueue },
        );
        new aws.s3.BucketLifecycleConfiguration(
            "lifecycle",
            {
                bucket,
                rules: [
                    {
                        id: "archive",
                        status: "Enabled",
                        filter: { prefix: "" },
                        transitions: [{ days: pick(90, 60), storageClass: "STANDARD_IA" }],
                        noncurrentVersionExpiration: { noncurrentDays: pick(30, 20) },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: pick(1, 2) },
                    },
                ],
            },
            { dependsOn: versioning },
        );
        new aws.s3.BucketObjectv2("object", { bucket, key: "in/a", content: pick("a", "b"), tags });
    },
});
