/** Resources that comply with the rules on cost; each test changes what it is about. */
import type { Subject } from "../harness";

export function job(changes: object = {}): Subject {
    return {
        type: "aws:glue/job:Job",
        props: {
            name: "sales-etl",
            command: { name: "glueetl", scriptLocation: "s3://scripts/sales.py" },
            glueVersion: "5.1",
            workerType: "G.1X",
            numberOfWorkers: 10,
            timeout: 60,
            ...changes,
        },
    };
}

export function workgroup(configuration?: object): Subject {
    return { type: "aws:athena/workgroup:Workgroup", props: { name: "sales-queries", configuration } };
}

export function logGroup(changes: object = { retentionInDays: 14 }): Subject {
    return { type: "aws:cloudwatch/logGroup:LogGroup", props: { name: "/aws-glue/jobs/sales", ...changes } };
}

export function bucket(changes: object = {}): Subject {
    return { type: "aws:s3/bucket:Bucket", name: "sales", props: { bucket: "sales-0a1b2c3", ...changes } };
}

export const abortRule = {
    id: "housekeeping",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
};

export function lifecycle(rules: unknown = [abortRule], changes: object = {}): Subject {
    return {
        type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        name: "sales-lifecycle",
        props: { bucket: "sales-0a1b2c3", rules, ...changes },
    };
}
