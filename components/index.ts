/** The public API: components for a data lake on Amazon S3, AWS Glue and Amazon Athena. */
export { AthenaWorkgroup, type AthenaWorkgroupArgs, type NamedQuery } from "./athenaWorkgroup";
export { DataLakeBuckets, type DataLakeBucketsArgs } from "./dataLakeBuckets";
export { DataPipeline, type DataPipelineArgs } from "./dataPipeline";
export { Encryption } from "./encryption";
export { EtlJob, ExecutionClass, GlueVersion, WorkerType, type EtlJobArgs } from "./etlJob";
export { GlueCrawlerPair, type GlueCrawlerPairArgs } from "./glueCrawlerPair";
export { LakeTable, ParquetCompression, type LakeColumn, type LakeTableArgs, type ProjectedKey } from "./lakeTable";
