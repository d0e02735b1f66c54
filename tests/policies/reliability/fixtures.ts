/** Resources that comply with the rules on reliability; each test changes what it is about. */
import type { Subject } from "../harness";

export function job(changes: object = {}): Subject {
    return {
        type: "aws:glue/job:Job",
        name: "etl",
        props: {
            name: "sales-etl",
            command: { name: "glueetl", scriptLocation: "s3://scripts/sales.py" },
            glueVersion: "5.1",
            defaultArguments: { "--job-bookmark-option": "job-bookmark-enable" },
            executionProperty: { maxConcurrentRuns: 1 },
            ...changes,
        },
    };
}

export function schedule(changes: object = {}): Subject {
    return {
        type: "aws:glue/trigger:Trigger",
        name: "nightly",
        props: { name: "nightly", type: "SCHEDULED", actions: [{ jobName: "sales-etl" }], ...changes },
    };
}

export function bucket(changes: object = {}, protect = true): Subject {
    return { type: "aws:s3/bucket:Bucket", name: "sales", props: { bucket: "sales-0a1b2c3", ...changes }, protect };
}

export function versioning(status: unknown = "Enabled", changes: object = {}): Subject {
    return {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        name: "sales-versioning",
        props: { bucket: "sales-0a1b2c3", versioningConfiguration: { status }, ...changes },
    };
}

export function crawler(recrawlBehavior: unknown, changes: object = {}): Subject {
    return {
        type: "aws:glue/crawler:Crawler",
        props: {
            name: "sales-raw",
            recrawlPolicy: { recrawlBehavior },
            schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
            s3Targets: [{ path: "s3://raw/sales/", eventQueueArn: "arn:aws:sqs:eu-central-1:123456789012:events" }],
            ...changes,
        },
    };
}
