import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BucketEvents } from "..";

const bucket = new aws.s3.Bucket("bronze");
const queue = new aws.sqs.Queue("arrivals", { sqsManagedSseEnabled: true });
const delivery = {
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: { ArnEquals: { "aws:SourceArn": bucket.arn } },
};
const policy = new aws.sqs.QueuePolicy("arrivals", {
    queueUrl: queue.url,
    policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [delivery] }),
});

/** Tells the queue of every file below sales/, and EventBridge of every event of the bucket. */
export const events = new BucketEvents(
    "bronze",
    { bucket: bucket.bucket, eventBridge: true, queues: [{ queueArn: queue.arn, prefix: "sales/" }] },
    { dependsOn: policy },
).bucket;
