import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketNamePattern, bucketNameReason, Faults, kmsKeyArnPattern, kmsKeyArnReason } from "./faults";
import type { Statement } from "./iam";
import { identityOf } from "./identity";
import type { KeyOwner } from "./keyPolicy";
import { arnOf, guardBucket } from "./lakeBucket";
import { expiryRule, housekeepingRule } from "./lakeZones";

export interface AuditTrailArgs {
    /** Names of the buckets whose objects are watched, at most 250. */
    buckets: pulumi.Input<string>[];
    /** Record only what changes objects, which costs less than recording reads as well. @default false */
    writesOnly?: boolean;
    /**
     * ARN of the KMS key of the log files; its policy must let CloudTrail use it, as that of a key that DataLakeBuckets
     * creates does. @default the log files are encrypted by SSE-S3
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** Days until log files expire. @default 365 */
    expirationDays?: number;
    /** Delete the bucket with all log files when the stack is destroyed. @default false */
    forceDestroy?: boolean;
    /** Protect trail, bucket and guards from deletion, and keep them when the stack goes. @default false */
    retain?: boolean;
}

/**
 * A trail of AWS CloudTrail: who read and wrote which object of a lake, and when. Only data events: an account's management
 * events are for a trail of the account. About 0.10 USD per 100,000 events (https://aws.amazon.com/cloudtrail/pricing/).
 *
 * Enforces the following:
 * - every read and write of an object is recorded, in these buckets and in no other; with `writesOnly` writes alone
 * - log files are signed, so that a change or a gap can be proved
 * - the bucket of the log files keeps versions, is private and takes TLS only
 * - only CloudTrail on behalf of this trail may deliver to it, and only to this account's prefix
 * - with `kmsKeyArn` the log files are encrypted by that key
 * - log files expire after `expirationDays`
 * - a bucket that holds log files is deleted only with `forceDestroy`
 * - with `retain` neither trail nor bucket nor guards are deleted
 */
export class AuditTrail extends pulumi.ComponentResource {
    /** Name of the trail: the component's. */
    public readonly trailName: pulumi.Output<string>;
    /** ARN of the trail. */
    public readonly trailArn: pulumi.Output<string>;
    /** Name of the bucket of the log files. */
    public readonly bucket: pulumi.Output<string>;

    constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:AuditTrail", name, args, opts);
        check(name, args);

        const kept = { parent: this, protect: args.retain ?? false, retainOnDelete: args.retain ?? false };
        const { partition } = identityOf(this);
        const bucket = new aws.s3.Bucket(`${name}-logs`, { forceDestroy: args.forceDestroy ?? false }, kept);
        const { accountId } = identityOf(this);
        const owner = pulumi
            .all([partition, bucket.region, accountId])
            .apply(([part, region, account]): KeyOwner => ({ partition: part, region, accountId: account }));
        this.bucket = guardBucket(
            `${name}-logs`,
            bucket,
            {
                lifecycle: [housekeepingRule(30), expiryRule("logs", "", args.expirationDays ?? 365)],
                kmsKeyArn: args.kmsKeyArn,
                statements: pulumi
                    .all([arnOf(bucket, this), owner])
                    .apply(([arn, who]) => deliveryStatements(arn, name, who)),
            },
            kept,
        );
        const trail = new aws.cloudtrail.Trail(
            `${name}-trail`,
            {
                name,
                s3BucketName: this.bucket,
                kmsKeyId: args.kmsKeyArn,
                enableLogFileValidation: true,
                includeGlobalServiceEvents: false,
                advancedEventSelectors: [
                    {
                        name: "Objects of the lake",
                        fieldSelectors: [
                            { field: "eventCategory", equals: ["Data"] },
                            ...((args.writesOnly ?? false) ? [{ field: "readOnly", equals: ["false"] }] : []),
                            {
                                field: "resources.ARN",
                                startsWiths: args.buckets.map(
                                    (watched) => pulumi.interpolate`arn:${partition}:s3:::${watched}/`,
                                ),
                            },
                            { field: "resources.type", equals: ["AWS::S3::Object"] },
                        ],
                    },
                ],
            },
            kept,
        );
        this.trailName = trail.name;
        this.trailArn = trail.arn;
        this.registerOutputs({ trailName: this.trailName, trailArn: this.trailArn, bucket: this.bucket });
    }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function deliveryStatements(bucketArn: string, trail: string, { partition, region, accountId }: KeyOwner): Statement[] {
    const principal = { Service: "cloudtrail.amazonaws.com" };
    const source = { "aws:SourceArn": `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${trail}` };
    return [
        {
            Sid: "AWSCloudTrailAclCheck",
            Effect: "Allow",
            Principal: principal,
            Action: "s3:GetBucketAcl",
            Resource: bucketArn,
            Condition: { StringEquals: source },
        },
        {
            Sid: "AWSCloudTrailWrite",
            Effect: "Allow",
            Principal: principal,
            Action: "s3:PutObject",
            Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
            Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
    ];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html: 500 values in all selectors. */
const mostBuckets = 250;

function check(name: string, args: AuditTrailArgs): void {
    const faults = new Faults(`AuditTrail "${name}"`);
    // A trail's name has at least 3 characters; the bucket's is made from it, with 13 characters more.
    faults.unlessMatches(
        "name",
        name,
        /^[a-z0-9](?:-?[a-z0-9]){2,49}$/,
        "must have 3 to 50 lower-case letters, digits or single '-' between them: trail and bucket are named after it",
    );
    if (args.buckets.length < 1 || args.buckets.length > mostBuckets) {
        faults.add("buckets", `has ${args.buckets.length}; a trail watches 1 to ${mostBuckets}`);
    }
    args.buckets.forEach((bucket, index) =>
        faults.unlessMatches(`buckets[${index}]`, bucket, bucketNamePattern, bucketNameReason),
    );
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessWhole("expirationDays", args.expirationDays, 1, 36_500, "days");
    if ((args.forceDestroy ?? false) && (args.retain ?? false)) {
        faults.add("forceDestroy", "contradicts retain: a bucket that is kept is not emptied; set one of them");
    }
    faults.throwIfAny();
}
