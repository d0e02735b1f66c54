/** What guards one bucket of a lake. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./iam";
import { identityOf } from "./identity";
import type { LifecycleRule } from "./lakeZones";

export interface GuardSettings {
    readonly lifecycle: LifecycleRule[];
    /** Key for SSE-KMS; absent = SSE-S3. */
    readonly kmsKeyArn?: pulumi.Input<string>;
    /** Bucket that gets the access logs, and the prefix they get there; absent = none are kept. */
    readonly logsTo?: { readonly bucket: pulumi.Input<string>; readonly prefix: string };
    /** Statements of the bucket's policy besides the TLS-only one. */
    readonly statements?: pulumi.Input<Statement[]>;
}

/**
 * Everything that guards one bucket.
 * @param base name of the bucket resource; the guards' names begin with it.
 * @param opts of every guard: a bucket that is kept keeps its guards.
 * @returns the bucket's name, which resolves once the bucket is encrypted, private and TLS-only:
 * what uses this name cannot write before that. Lifecycle and logging are not waited for.
 */
export function guardBucket(
    base: string,
    bucket: aws.s3.Bucket,
    settings: GuardSettings,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const target = { bucket: bucket.bucket };
    const ownership = new aws.s3.BucketOwnershipControls(
        `${base}-ownership`,
        { ...target, rule: { objectOwnership: "BucketOwnerEnforced" } },
        opts,
    );
    const privacy = new aws.s3.BucketPublicAccessBlock(
        `${base}-privacy`,
        {
            ...target,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        opts,
    );
    const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
        `${base}-encryption`,
        { ...target, rules: [encryptionRule(settings.kmsKeyArn)] },
        opts,
    );
    const policy = new aws.s3.BucketPolicy(
        `${base}-policy`,
        {
            ...target,
            policy: pulumi
                .all([arnOf(bucket, opts.parent), settings.statements ?? []])
                .apply(([arn, statements]) => policyDocument([tlsOnly(arn), ...statements])),
        },
        // S3 refuses a policy while another of these calls changes the bucket's access (OperationAborted).
        { ...opts, dependsOn: [privacy, ownership] },
    );
    const versioning = new aws.s3.BucketVersioning(
        `${base}-versioning`,
        { ...target, versioningConfiguration: { status: "Enabled" } },
        opts,
    );
    new aws.s3.BucketLifecycleConfiguration(
        `${base}-lifecycle`,
        { ...target, rules: settings.lifecycle },
        { ...opts, dependsOn: [versioning] },
    );
    if (settings.logsTo !== undefined) {
        new aws.s3.BucketLogging(
            `${base}-logging`,
            { ...target, targetBucket: settings.logsTo.bucket, targetPrefix: settings.logsTo.prefix },
            opts,
        );
    }
    return pulumi.all([policy.bucket, encryption.bucket]).apply(([guarded]) => guarded);
}

/** The bucket's ARN, made from its name: so it is known in a preview, and a policy that uses it can be read there. */
export function arnOf(bucket: aws.s3.Bucket, parent?: pulumi.Resource): pulumi.Output<string> {
    return pulumi.interpolate`arn:${identityOf(parent).partition}:s3:::${bucket.bucket}`;
}

function encryptionRule(kmsKeyArn: pulumi.Input<string> | undefined) {
    return kmsKeyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
              bucketKeyEnabled: true,
          };
}

function tlsOnly(bucketArn: string): Statement {
    return {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
}
