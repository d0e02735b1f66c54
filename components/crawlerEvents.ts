/** The queue through which Amazon S3 tells a crawler what has changed. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./iam";
import { identityOf } from "./identity";
import { parseS3Uri } from "./s3Uri";

/** What a raw crawler looks at after its first crawl: https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html */
export const RecrawlBehavior = {
    /** Every folder, each time: finds new, changed and deleted files. */
    Everything: "CRAWL_EVERYTHING",
    /** Folders that no earlier crawl saw: adds their partitions, and changes nothing else. */
    NewFoldersOnly: "CRAWL_NEW_FOLDERS_ONLY",
    /** Folders that Amazon S3 announced in a queue since the last crawl; without announcements a crawl costs nothing. */
    Events: "CRAWL_EVENT_MODE",
} as const;
export type RecrawlBehavior = (typeof RecrawlBehavior)[keyof typeof RecrawlBehavior];

export interface EventQueue {
    /** Resolves once Amazon S3 may send to the queue: it tries to as soon as it is told of it. */
    readonly queueArn: pulumi.Output<string>;
    readonly deadLetterArn: pulumi.Output<string>;
}

/**
 * SQS keeps no message longer, and a dead letter's age counts from when it was sent first:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
const longestRetention = 14 * 24 * 60 * 60;

/** Seconds in which a crawl takes up to 100,000 messages: it should not be handed one twice meanwhile. */
const visibilityTimeout = 15 * 60;

/** Crawls that may fail over a message before it is a dead letter. */
const maxReceiveCount = 5;

/**
 * Encrypted by SSE-SQS: a message names objects and holds no data, and with a KMS key whose policy does not admit
 * Amazon S3 events would be lost without a word.
 *
 * @param location of the raw files; the queue takes the events of its bucket
 */
export function createEventQueue(name: string, location: pulumi.Output<string>, parent: pulumi.Resource): EventQueue {
    const queue = (noun: string, more: aws.sqs.QueueArgs = {}) =>
        new aws.sqs.Queue(
            `${name}-${noun}`,
            { messageRetentionSeconds: longestRetention, sqsManagedSseEnabled: true, ...more },
            { parent },
        );
    const policy = (noun: string, of: aws.sqs.Queue, statements: pulumi.Output<Statement[]>) =>
        new aws.sqs.QueuePolicy(
            `${name}-${noun}-policy`,
            { queueUrl: of.url, policy: statements.apply(policyDocument) },
            { parent },
        );

    const deadLetters = queue("dead-letters");
    policy(
        "dead-letters",
        deadLetters,
        deadLetters.arn.apply((arn) => [tlsOnly(arn)]),
    );
    const events = queue("events", {
        visibilityTimeoutSeconds: visibilityTimeout,
        redrivePolicy: deadLetters.arn.apply((deadLetterTargetArn) =>
            JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
        ),
    });
    const { accountId, partition } = identityOf(parent);
    const eventsPolicy = policy(
        "events",
        events,
        pulumi
            .all([events.arn, partition, location, accountId])
            .apply(([arn, part, uri, account]) => [
                fromBucket(arn, `arn:${part}:s3:::${parseS3Uri(uri).bucket}`, account),
                tlsOnly(arn),
            ]),
    );
    return {
        queueArn: pulumi.all([events.arn, eventsPolicy.id]).apply(([arn]) => arn),
        deadLetterArn: deadLetters.arn,
    };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function fromBucket(queueArn: string, bucketArn: string, account: string): Statement {
    return {
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        // A bucket's ARN names no account, and its name may be another's once it is deleted.
        Condition: { ArnEquals: { "aws:SourceArn": bucketArn }, StringEquals: { "aws:SourceAccount": account } },
    };
}

function tlsOnly(queueArn: string): Statement {
    return {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
}
