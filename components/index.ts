/** The public API: components for a data lake on Amazon S3, AWS Glue and Amazon Athena. */
export { AthenaWorkgroup, type AthenaWorkgroupArgs, type NamedQuery, type PreparedStatement } from "./athenaWorkgroup";
export { AuditTrail, type AuditTrailArgs } from "./auditTrail";
export { BucketEvents, type BucketEventQueue, type BucketEventsArgs } from "./bucketEvents";
export { RecrawlBehavior } from "./crawlerEvents";
export { DataLakeBuckets, type DataLakeBucketsArgs } from "./dataLakeBuckets";
export { DataPipeline } from "./dataPipeline";
export { type DataPipelineArgs } from "./dataPipelineArgs";
export { DataQuality, QualityFailure, type DataQualityArgs } from "./dataQuality";
export { Encryption } from "./encryption";
export { EtlJob, ExecutionClass, GlueVersion, WorkerType, type EtlJobArgs, type JobNetwork } from "./etlJob";
export { GlueCrawlerPair, type GlueCrawlerPairArgs } from "./glueCrawlerPair";
export {
    RawFormat,
    SchemaChange,
    type DatasetColumn,
    type DatasetPartition,
    type GoldTable,
    type RowRule,
} from "./jobContract";
export { LakeNetwork, type LakeNetworkArgs } from "./lakeNetwork";
export { lakeOutputsOf, outputsVersion, type DatasetOutputs, type LakeOutputs } from "./lakeOutputs";
export {
    LakeTable,
    ParquetCompression,
    TableFormat,
    type LakeColumn,
    type LakeTableArgs,
    type ProjectedKey,
} from "./lakeTable";
export {
    LakePermissions,
    type GovernedDatabase,
    type GovernedTable,
    type LakeLocation,
    type LakePermissionsArgs,
    type LakePrincipal,
} from "./lakePermissions";
export { LakeZone } from "./lakePermissionsGrants";
export {
    PipelineMonitoring,
    type BudgetTag,
    type MonitoredPipeline,
    type PipelineMonitoringArgs,
} from "./pipelineMonitoring";
export { QueryAccess, type QueryAccessArgs, type QueryGrant } from "./queryAccess";
