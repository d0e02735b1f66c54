/** Resources that comply with the rules on security; each test changes what it is about. */
import type { Subject } from "../harness";

export const bucketArn = "arn:aws:s3:::sales-0a1b2c3";
export const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234";

export function bucket(changes: object = {}): Subject {
    return { type: "aws:s3/bucket:Bucket", name: "sales", props: { bucket: "sales-0a1b2c3", ...changes } };
}

export const tlsStatement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export function document(...statements: readonly object[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function bucketPolicy(policy: unknown = document(tlsStatement), changes: object = {}): Subject {
    return {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "sales-policy",
        props: { bucket: "sales-0a1b2c3", policy, ...changes },
    };
}

export function publicAccessBlock(changes: object = {}): Subject {
    return {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        props: {
            bucket: "sales-0a1b2c3",
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
            ...changes,
        },
    };
}

export function workgroup(changes: object = {}): Subject {
    return {
        type: "aws:athena/workgroup:Workgroup",
        props: {
            name: "sales-queries",
            configuration: {
                enforceWorkgroupConfiguration: true,
                publishCloudwatchMetricsEnabled: true,
                resultConfiguration: {
                    outputLocation: "s3://results/sales/",
                    encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
                },
                ...changes,
            },
        },
    };
}

export function securityConfiguration(changes: object = {}): Subject {
    return {
        type: "aws:glue/securityConfiguration:SecurityConfiguration",
        props: {
            name: "sales-etl",
            encryptionConfiguration: {
                s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: keyArn },
                cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: keyArn },
                jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: keyArn },
                ...changes,
            },
        },
    };
}

export function queue(props: object = {}): Subject {
    return { type: "aws:sqs/queue:Queue", props };
}

export function topic(props: object = { kmsMasterKeyId: keyArn }): Subject {
    return { type: "aws:sns/topic:Topic", props };
}

export function key(changes: object = {}): Subject {
    return { type: "aws:kms/key:Key", props: { enableKeyRotation: true, ...changes } };
}

/** Reads one table's files. */
export const readStatement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/sales/*` };

export function rolePolicy(...statements: readonly object[]): Subject {
    return { type: "aws:iam/rolePolicy:RolePolicy", props: { role: "etl", policy: document(...statements) } };
}
