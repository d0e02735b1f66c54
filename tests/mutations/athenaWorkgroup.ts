import type { Mutation } from "./mutation";

const file = "athenaWorkgroup.ts";
const checks = "athenaWorkgroupCheck.ts";

export const mutations: Mutation[] = [
    {
        breaks: "the workgroup's settings override those of the client",
        file,
        replace: "enforceWorkgroupConfiguration: true",
        by: "enforceWorkgroupConfiguration: false",
    },
    {
        breaks: "results go to resultsLocation, encrypted by SSE-S3 or by the key given",
        file,
        replace: "outputLocation: args.resultsLocation",
        by: 'outputLocation: "s3://elsewhere/"',
    },
    {
        breaks: "results go to resultsLocation, encrypted by SSE-S3 or by the key given",
        file,
        replace: '? { encryptionOption: "SSE_S3" }',
        by: "? undefined",
    },
    {
        breaks: "results go to resultsLocation, encrypted by SSE-S3 or by the key given",
        file,
        replace: 'encryptionOption: "SSE_KMS", kmsKeyArn',
        by: 'encryptionOption: "SSE_S3"',
    },
    {
        breaks: "with expectedBucketOwner, results go only to a bucket of that account",
        file,
        replace: "expectedBucketOwner: args.expectedBucketOwner,",
        by: "",
    },
    {
        breaks: "no result is encrypted by less than that, even when someone lets clients choose their settings",
        file,
        replace: "enableMinimumEncryptionConfiguration: true,",
        by: "",
    },
    {
        breaks: "with managedResults, Athena keeps the results, and no bucket is named",
        file,
        replace: "enabled: true",
        by: "enabled: false",
    },
    {
        breaks: "with managedResults, Athena keeps the results, and no bucket is named",
        file,
        replace: "undefined : { kmsKey })",
        by: "undefined : undefined)",
    },
    {
        breaks: "with managedResults, Athena keeps the results, and no bucket is named",
        file: checks,
        replace: 'faults.add("resultsLocation", "must be left out',
        by: 'void ("must be left out',
    },
    {
        breaks: "managed results and result reuse exclude each other",
        file: checks,
        replace: "reuse !== undefined && reuse > 0",
        by: "reuse === -1",
    },
    {
        breaks: "a query is cancelled once it has scanned bytesScannedCutoff bytes",
        file,
        replace: "bytesScannedCutoffPerQuery: args.bytesScannedCutoff ?? 10 * 1024 ** 3,",
        by: "",
    },
    {
        breaks: "a query is cancelled once it has scanned bytesScannedCutoff bytes",
        file: checks,
        replace: "10 * 1024 ** 2",
        by: "1",
    },
    {
        breaks: "the engine is Athena engine version 3",
        file,
        replace: '"Athena engine version 3"',
        by: '"AUTO"',
    },
    {
        breaks: "metrics are published to CloudWatch",
        file,
        replace: "publishCloudwatchMetricsEnabled: true",
        by: "publishCloudwatchMetricsEnabled: false",
    },
    {
        breaks: "buckets whose reader pays are refused",
        file,
        replace: "requesterPaysEnabled: false",
        by: "requesterPaysEnabled: true",
    },
    {
        breaks: "a workgroup that holds queries is deleted only with forceDestroy",
        file,
        replace: "args.forceDestroy ?? false",
        by: "true",
    },
];
