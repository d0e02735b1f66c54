/** Every rule of the pack, in the order of the documentation. */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { boundedPartitions } from "./lake/bounded-partitions";
import { parquetJobs } from "./lake/parquet-jobs";
import { parquetOutput } from "./lake/parquet-output";
import { partitionedTables } from "./lake/partitioned-tables";
import { soundBucketing } from "./lake/sound-bucketing";
import { tableCompression } from "./lake/table-compression";
import { declaredCrawlerTargets } from "./wiring/declared-crawler-targets";
import { jobsWriteDeclaredTables } from "./wiring/jobs-write-declared-tables";
import { oneCrawlerPerTable } from "./wiring/one-crawler-per-table";
import { parquetInserts } from "./wiring/parquet-inserts";
import { partitionLookup } from "./wiring/partition-lookup";
import { tablesAreFed } from "./wiring/tables-are-fed";

export const rules: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
    parquetOutput,
    parquetJobs,
    tableCompression,
    partitionedTables,
    boundedPartitions,
    soundBucketing,
    parquetInserts,
    partitionLookup,
    jobsWriteDeclaredTables,
    tablesAreFed,
    oneCrawlerPerTable,
    declaredCrawlerTargets,
];
