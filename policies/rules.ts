/** Every rule of the pack, in the order of the documentation. */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { bucketLifecycle } from "./cost/bucket-lifecycle";
import { jobTimeout } from "./cost/job-timeout";
import { logRetention } from "./cost/log-retention";
import { queryCutoff } from "./cost/query-cutoff";
import { requiredTags } from "./cost/required-tags";
import { workerCeiling } from "./cost/worker-ceiling";
import { boundedPartitions } from "./lake/bounded-partitions";
import { parquetJobs } from "./lake/parquet-jobs";
import { parquetOutput } from "./lake/parquet-output";
import { partitionedTables } from "./lake/partitioned-tables";
import { soundBucketing } from "./lake/sound-bucketing";
import { tableCompression } from "./lake/table-compression";
import { crawlerRecrawl } from "./reliability/crawler-recrawl";
import { jobBookmarks } from "./reliability/job-bookmarks";
import { retainedData } from "./reliability/retained-data";
import { supportedGlueVersion } from "./reliability/supported-glue-version";
import { versionedBuckets } from "./reliability/versioned-buckets";
import { encryptedJobs } from "./security/encrypted-jobs";
import { encryptedMessages } from "./security/encrypted-messages";
import { encryptedResults } from "./security/encrypted-results";
import { enforcedWorkgroups } from "./security/enforced-workgroups";
import { leastPrivilege } from "./security/least-privilege";
import { privateBuckets } from "./security/private-buckets";
import { rotatedKeys } from "./security/rotated-keys";
import { tlsOnlyBuckets } from "./security/tls-only-buckets";
import { declaredCrawlerTargets } from "./wiring/declared-crawler-targets";
import { jobsWriteDeclaredTables } from "./wiring/jobs-write-declared-tables";
import { oneCrawlerPerTable } from "./wiring/one-crawler-per-table";
import { parquetInserts } from "./wiring/parquet-inserts";
import { partitionLookup } from "./wiring/partition-lookup";
import { tablesAreFed } from "./wiring/tables-are-fed";

export const rules: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
    // What is stored, and how it is found.
    parquetOutput,
    parquetJobs,
    parquetInserts,
    tableCompression,
    partitionedTables,
    boundedPartitions,
    partitionLookup,
    soundBucketing,
    // How the parts fit together.
    jobsWriteDeclaredTables,
    tablesAreFed,
    oneCrawlerPerTable,
    declaredCrawlerTargets,
    // Security.
    tlsOnlyBuckets,
    privateBuckets,
    encryptedResults,
    encryptedJobs,
    encryptedMessages,
    rotatedKeys,
    enforcedWorkgroups,
    leastPrivilege,
    // Cost.
    queryCutoff,
    workerCeiling,
    jobTimeout,
    logRetention,
    bucketLifecycle,
    requiredTags,
    // Reliability.
    supportedGlueVersion,
    jobBookmarks,
    versionedBuckets,
    retainedData,
    crawlerRecrawl,
];
