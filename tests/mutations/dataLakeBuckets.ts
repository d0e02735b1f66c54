import type { Mutation } from "./mutation";

const encrypted =
    "every bucket is encrypted by SSE-S3, or with SSE_KMS by one key with bucket keys; access logs always by SSE-S3, as S3 delivers them to no other";
const key =
    "a created key rotates each year, and besides the account's own IAM only its CloudWatch Logs and CloudTrail may use it";
const housekeeping =
    "every bucket drops unfinished uploads after a day and noncurrent versions after noncurrentExpirationDays";
const expiring = "quarantined rows, temporary files, query results and access logs expire; tables do not";
const delivery = "only S3 on behalf of these buckets may deliver to the log bucket";

export const mutations: Mutation[] = [
    {
        breaks: "every bucket keeps versions",
        file: "lakeBucket.ts",
        replace: 'status: "Enabled"',
        by: 'status: "Suspended"',
    },
    { breaks: encrypted, file: "lakeBucket.ts", replace: "bucketKeyEnabled: true", by: "bucketKeyEnabled: false" },
    { breaks: encrypted, file: "lakeBucket.ts", replace: '"AES256"', by: '"aws:kms"' },
    { breaks: encrypted, file: "lakeBucket.ts", replace: "kmsMasterKeyId: kmsKeyArn", by: "" },
    {
        breaks: encrypted,
        file: "dataLakeBuckets.ts",
        replace: "{ lifecycle, statements }",
        by: "{ lifecycle, statements, kmsKeyArn: this.kmsKeyArn }",
    },
    { breaks: key, file: "createdKey.ts", replace: "enableKeyRotation: true", by: "enableKeyRotation: false" },
    { breaks: key, file: "dataLakeBuckets.ts", replace: "[logsStatement(owner), ...trailStatements(owner)]", by: "[]" },
    {
        breaks: key,
        file: "keyPolicy.ts",
        replace: "{ ArnLike: trails, StringLike: context }",
        by: "{ StringLike: context }",
    },
    { breaks: key, file: "keyPolicy.ts", replace: ":log-group:*", by: ":*" },
    {
        breaks: "every bucket refuses requests without TLS",
        file: "lakeBucket.ts",
        replace: '"aws:SecureTransport": "false"',
        by: '"aws:SecureTransport": "true"',
    },
    {
        breaks: "every bucket refuses requests without TLS",
        file: "lakeBucket.ts",
        replace: "[tlsOnly(arn), ...statements]",
        by: "statements",
    },
    ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((block) => ({
        breaks: "every bucket blocks public access in all four ways",
        file: "lakeBucket.ts",
        replace: `${block}: true`,
        by: `${block}: false`,
    })),
    {
        breaks: "every bucket disables ACLs: its owner owns every object",
        file: "lakeBucket.ts",
        replace: "BucketOwnerEnforced",
        by: "BucketOwnerPreferred",
    },
    { breaks: housekeeping, file: "lakeZones.ts", replace: "daysAfterInitiation: 1", by: "daysAfterInitiation: 7" },
    { breaks: housekeeping, file: "lakeZones.ts", replace: "days.noncurrent", by: "30" },
    {
        breaks: "bronze moves to STANDARD_IA, then to GLACIER",
        file: "lakeZones.ts",
        replace: '{ days: days.bronzeGlacier, storageClass: "GLACIER" },',
        by: "",
    },
    { breaks: expiring, file: "lakeZones.ts", replace: "quarantineFolder, days", by: '"", days' },
    {
        breaks: expiring,
        file: "lakeZones.ts",
        replace: ', expiryRule("temporary", temporaryFolder, temporaryDays)',
        by: "",
    },
    { breaks: expiring, file: "lakeZones.ts", replace: ', expiryRule("results", "", days.results)', by: "" },
    { breaks: expiring, file: "lakeZones.ts", replace: ', expiryRule("logs", "", days.accessLogs)', by: "" },
    {
        breaks: expiring,
        file: "lakeZones.ts",
        replace: 'case "gold":\n            return [housekeeping];',
        by: 'case "gold":\n            return [housekeeping, expiryRule("tables", "", 90)];',
    },
    {
        breaks: "every data bucket writes server access logs, under its zone",
        file: "dataLakeBuckets.ts",
        replace: "prefix: `${zone}/`",
        by: 'prefix: ""',
    },
    {
        breaks: delivery,
        file: "dataLakeBuckets.ts",
        replace: 'ArnEquals: { "aws:SourceArn": sourceArns },',
        by: "",
    },
    {
        breaks: delivery,
        file: "dataLakeBuckets.ts",
        replace: 'StringEquals: { "aws:SourceAccount": accountId },',
        by: "",
    },
    {
        breaks: "a bucket that holds objects is deleted only with forceDestroy",
        file: "dataLakeBuckets.ts",
        replace: "forceDestroy: args.forceDestroy ?? false",
        by: "forceDestroy: true",
    },
    ...["protect: args.retain ?? false", "retainOnDelete: args.retain ?? false"].map((option) => ({
        breaks: "with retain no bucket is deleted, nor its guards, nor the key",
        file: "dataLakeBuckets.ts",
        replace: option,
        by: `${option.split(":")[0]}: false`,
    })),
    {
        breaks: "with retain no bucket is deleted, nor its guards, nor the key",
        file: "lakeBucket.ts",
        replace: '{ ...target, rule: { objectOwnership: "BucketOwnerEnforced" } },\n        opts,',
        by: '{ ...target, rule: { objectOwnership: "BucketOwnerEnforced" } },\n        { parent: opts.parent },',
    },
    {
        breaks: "with retain no bucket is deleted, nor its guards, nor the key",
        file: "createdKey.ts",
        replace: "targetKeyId: key.keyId }, opts)",
        by: "targetKeyId: key.keyId }, { parent: opts.parent })",
    },
];
