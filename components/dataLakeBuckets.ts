import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey } from "./createdKey";
import { Encryption } from "./encryption";
import { Faults, kmsKeyArnPattern, kmsKeyArnReason } from "./faults";
import type { Statement } from "./iam";
import { identityOf } from "./identity";
import { logsStatement, trailStatements } from "./keyPolicy";
import { arnOf, guardBucket } from "./lakeBucket";
import { lifecycleRules, type RetentionDays, type Zone } from "./lakeZones";

export interface DataLakeBucketsArgs {
    /** How objects are encrypted at rest. @default Encryption.SseS3 */
    encryption?: Encryption;
    /**
     * ARN of a KMS key of yours, for SSE_KMS. Its policy must let CloudWatch Logs and CloudTrail use it where logs or
     * trails are encrypted with it. @default a key is created, which rotates each year
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** Name of a bucket of yours that takes the server access logs and lets S3 deliver them. @default a bucket is created */
    accessLogsBucket?: pulumi.Input<string>;
    /** Days until bronze objects move to STANDARD_IA. @default 90 */
    bronzeInfrequentAccessDays?: number;
    /** Days until bronze objects move to GLACIER. @default 180 */
    bronzeGlacierDays?: number;
    /** Days until quarantined rows expire. @default 90 */
    quarantineExpirationDays?: number;
    /**
     * Days until Athena's results expire. Tables that CREATE TABLE AS makes in an enforcing workgroup live with the
     * results: keep them longer than the interval at which they are made anew. @default 90
     */
    resultsExpirationDays?: number;
    /** Days until access logs expire. @default 365 */
    accessLogsExpirationDays?: number;
    /** Days for which overwritten and deleted versions can be restored. @default 30 */
    noncurrentExpirationDays?: number;
    /** Delete the buckets with all they hold when the stack is destroyed. @default false */
    forceDestroy?: boolean;
    /** Protect the buckets, their guards and the created key from deletion, and keep them when the stack goes. @default false */
    retain?: boolean;
}

/**
 * The six buckets of a data lake: bronze (raw), silver (clean), gold (for consumers), scripts, Athena results, access logs.
 *
 * Enforces the following:
 * - every bucket keeps versions
 * - every bucket is encrypted by SSE-S3, or with SSE_KMS by one key with bucket keys; access logs always by SSE-S3,
 *   as S3 delivers them to no other
 * - a created key rotates each year, and besides the account's own IAM only its CloudWatch Logs and CloudTrail may use it
 * - every bucket refuses requests without TLS
 * - every bucket blocks public access in all four ways
 * - every bucket disables ACLs: its owner owns every object
 * - every bucket drops unfinished uploads after a day and noncurrent versions after `noncurrentExpirationDays`
 * - bronze moves to STANDARD_IA, then to GLACIER
 * - quarantined rows, temporary files, query results and access logs expire; tables do not
 * - every data bucket writes server access logs, under its zone
 * - only S3 on behalf of these buckets may deliver to the log bucket
 * - a bucket that holds objects is deleted only with `forceDestroy`
 * - with `retain` no bucket is deleted, nor its guards, nor the key
 */
export class DataLakeBuckets extends pulumi.ComponentResource {
    /** Name of the bucket of raw data. Every name resolves once its bucket is encrypted, private and TLS-only. */
    public readonly bronze: pulumi.Output<string>;
    /** Name of the bucket of clean tables, quarantined rows and run reports. */
    public readonly silver: pulumi.Output<string>;
    /** Name of the bucket of tables made for consumers. */
    public readonly gold: pulumi.Output<string>;
    /** Name of the bucket of job scripts, libraries, contracts and temporary files. */
    public readonly scripts: pulumi.Output<string>;
    /** Name of the bucket of query results. */
    public readonly athenaResults: pulumi.Output<string>;
    /** Name of the bucket of server access logs. */
    public readonly accessLogs: pulumi.Output<string>;
    /** ARN of the key of every bucket but the access logs; absent with SSE-S3. */
    public readonly kmsKeyArn?: pulumi.Output<string>;
    /** Region of the buckets. */
    public readonly region: pulumi.Output<string>;

    constructor(name: string, args: DataLakeBucketsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:DataLakeBuckets", name, args, opts);
        const days = retentionDays(args);
        check(name, args, days);

        const kept = { parent: this, protect: args.retain ?? false, retainOnDelete: args.retain ?? false };
        const makeBucket = (zone: Zone) =>
            new aws.s3.Bucket(`${name}-${zone}`, { forceDestroy: args.forceDestroy ?? false }, kept);
        const data = {
            bronze: makeBucket("bronze"),
            silver: makeBucket("silver"),
            gold: makeBucket("gold"),
            scripts: makeBucket("scripts"),
            "athena-results": makeBucket("athena-results"),
        };
        this.region = data.bronze.region;
        if (args.encryption === Encryption.SseKms) {
            this.kmsKeyArn = pulumi.output(args.kmsKeyArn ?? this.createLakeKey(name, kept));
        }

        this.accessLogs = pulumi.output(
            args.accessLogsBucket ??
                this.createLogBucket(name, makeBucket("access-logs"), Object.values(data), days, kept),
        );
        const guard = (zone: keyof typeof data) =>
            guardBucket(
                `${name}-${zone}`,
                data[zone],
                {
                    lifecycle: lifecycleRules(zone, days),
                    kmsKeyArn: this.kmsKeyArn,
                    logsTo: { bucket: this.accessLogs, prefix: `${zone}/` },
                },
                kept,
            );
        this.bronze = guard("bronze");
        this.silver = guard("silver");
        this.gold = guard("gold");
        this.scripts = guard("scripts");
        this.athenaResults = guard("athena-results");
        this.registerOutputs({
            bronze: this.bronze,
            silver: this.silver,
            gold: this.gold,
            scripts: this.scripts,
            athenaResults: this.athenaResults,
            accessLogs: this.accessLogs,
            kmsKeyArn: this.kmsKeyArn,
            region: this.region,
        });
    }

    /** The bucket to which S3 delivers the access logs of `sources`, and of no other bucket. */
    private createLogBucket(
        name: string,
        bucket: aws.s3.Bucket,
        sources: aws.s3.Bucket[],
        days: RetentionDays,
        opts: pulumi.CustomResourceOptions,
    ): pulumi.Output<string> {
        const account = identityOf(this).accountId;
        const statements = pulumi
            .all([account, arnOf(bucket, this), pulumi.all(sources.map((source) => arnOf(source, this)))])
            .apply(([accountId, arn, sourceArns]): Statement[] => [
                {
                    Sid: "LogDelivery",
                    Effect: "Allow",
                    Principal: { Service: "logging.s3.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: `${arn}/*`,
                    Condition: {
                        ArnEquals: { "aws:SourceArn": sourceArns },
                        StringEquals: { "aws:SourceAccount": accountId },
                    },
                },
            ]);
        const lifecycle = lifecycleRules("access-logs", days);
        return guardBucket(`${name}-access-logs`, bucket, { lifecycle, statements }, opts);
    }

    /** One key for all of the lake at rest: its objects, and the logs and audit trails about them. */
    private createLakeKey(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
        return createKey(
            `${name}-key`,
            {
                alias: name,
                description: `Data at rest of ${name}`,
                region: this.region,
                statements: (owner) => [logsStatement(owner), ...trailStatements(owner)],
            },
            opts,
        );
    }
}

function retentionDays(args: DataLakeBucketsArgs): RetentionDays {
    return {
        bronzeInfrequentAccess: args.bronzeInfrequentAccessDays ?? 90,
        bronzeGlacier: args.bronzeGlacierDays ?? 180,
        quarantine: args.quarantineExpirationDays ?? 90,
        results: args.resultsExpirationDays ?? 90,
        accessLogs: args.accessLogsExpirationDays ?? 365,
        noncurrent: args.noncurrentExpirationDays ?? 30,
    };
}

function check(name: string, args: DataLakeBucketsArgs, days: RetentionDays): void {
    const faults = new Faults(`DataLakeBuckets "${name}"`);
    // A bucket's name has 63 characters: the longest zone and Pulumi's suffix take 23 of them.
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
        faults.add(
            "name",
            `"${name}" must have 1 to 40 lower-case letters, digits or '-': the buckets are named after it`,
        );
    }
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name)) {
        faults.add(
            "name",
            `"${name}" begins as S3 lets no bucket's name begin: not with xn--, sthree- or amzn-s3-demo-`,
        );
    }
    faults.unlessOneOf("encryption", args.encryption, Object.values(Encryption));
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    if (args.kmsKeyArn !== undefined && args.encryption !== Encryption.SseKms) {
        faults.add("kmsKeyArn", `needs encryption "${Encryption.SseKms}", or leave the key out`);
    }
    for (const [field, value] of Object.entries(args)) {
        if (field.endsWith("Days") && field !== "bronzeInfrequentAccessDays") {
            faults.unlessWhole(field, value as number | undefined, 1, 36_500, "days");
        }
    }
    // S3 takes no transition to STANDARD_IA before 30 days, nor one to GLACIER less than 30 days later:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
    faults.unlessWhole("bronzeInfrequentAccessDays", days.bronzeInfrequentAccess, 30, 36_500, "days");
    if (days.bronzeGlacier < days.bronzeInfrequentAccess + 30) {
        faults.add(
            "bronzeGlacierDays",
            `${days.bronzeGlacier} must be at least 30 more than bronzeInfrequentAccessDays (${days.bronzeInfrequentAccess})`,
        );
    }
    if ((args.forceDestroy ?? false) && (args.retain ?? false)) {
        faults.add("forceDestroy", "contradicts retain: a bucket that is kept is not emptied; set one of them");
    }
    faults.throwIfAny();
}
