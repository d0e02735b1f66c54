import type * as pulumi from "@pulumi/pulumi";
import type { NamedQuery, PreparedStatement } from "./athenaWorkgroup";
import type { RecrawlBehavior } from "./crawlerEvents";
import type { QualityFailure } from "./dataQuality";
import type { ExecutionClass, GlueVersion, JobNetwork, WorkerType } from "./etlJob";
import type { DatasetColumn, DatasetPartition, GoldTable, RawFormat, RowRule, SchemaChange } from "./jobContract";
import type { TableFormat } from "./lakeTable";

export interface DataPipelineArgs {
    /** Name of the dataset: the silver table's, and its folder in every bucket. */
    dataset: string;
    /** Columns of the silver table, without the partition keys. */
    columns: DatasetColumn[];
    /** Partition keys of the silver table, from the outermost inwards. */
    partitionKeys: DatasetPartition[];
    /** Columns that identify a row; of rows that share them one is kept. */
    businessKey: string[];
    /** Column that tells when a row's event happened, a timestamp or a date. */
    eventTime: string;
    /** Bucket of raw files. */
    bronzeBucket: pulumi.Input<string>;
    /** Bucket of the silver table, quarantined records, outcomes of quality rules, run reports, and what the job remembers. */
    silverBucket: pulumi.Input<string>;
    /** Bucket of the gold tables, which the job writes where there are any. @default none: `gold` needs it */
    goldBucket?: pulumi.Input<string>;
    /** Bucket of scripts, libraries, contracts and temporary files. */
    scriptsBucket: pulumi.Input<string>;
    /** Bucket of query results. */
    resultsBucket: pulumi.Input<string>;
    /** ARN of the KMS key of those buckets. @default they are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** What the dataset is. @default none */
    description?: string;
    /** Format of the raw files. @default RawFormat.Json */
    rawFormat?: RawFormat;
    /** Between the fields of CSV. @default a comma */
    separator?: string;
    /** Element of one record of XML, without its namespace. @default none: XML needs it */
    rowTag?: string;
    /** Folder key of the raw files' arrival, `<key>=YYYY-MM-DD/`. @default ingest_date */
    arrivalKey?: string;
    /** What becomes of fields that no column reads. @default SchemaChange.Ignore */
    schemaChange?: SchemaChange;
    /** How many days around a row's own its key is looked for in other partitions. @default all, where the keys' ranges overlap */
    duplicatesWithinDays?: number;
    /** Columns by which the rows of a file are sorted. @default the event time, then the business key */
    sortBy?: string[];
    /** Conditions of good rows; others are quarantined. @default none */
    rowRules?: RowRule[];
    /** Share of a run's records, from 0 to 1, above which the run fails instead of quarantining them. @default 0.5 */
    maxQuarantinedShare?: number;
    /** DQDL rules over the rows of each run: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html @default none */
    qualityRules?: string[];
    /** What a failed quality rule does. @default QualityFailure.Fail: nothing of the run is published */
    onQualityFailure?: QualityFailure;
    /** Size towards which silver files are written, in MiB. @default 128 */
    targetFileMiB?: number;
    /** How silver's files become a table. @default TableFormat.Parquet */
    tableFormat?: TableFormat;
    /** Aggregates of the silver table that the job keeps up to date; they need `goldBucket`. @default none */
    gold?: GoldTable[];
    /** Path of a PySpark script of yours, relative to the program's working folder. @default Lakeworks' own, which reads the arguments above */
    scriptPath?: string;
    /** Folder of a Python package that your script imports by the folder's name. @default Lakeworks' own */
    libraryPath?: string;
    /** Python modules that Glue installs before each run, `name==version`. @default those of Lakeworks' own package, where the job has that */
    pythonModules?: string[];
    /** Folder of those modules' wheels for Linux x86_64, from which Glue installs them: for a network without internet. @default Glue gets them from PyPI */
    wheelsPath?: string;
    /** Glue database, created for this dataset alone. @default the component's name with `_` for `-` */
    databaseName?: string;
    /** Queries kept in the workgroup. @default none */
    namedQueries?: NamedQuery[];
    /** Statements with parameters, which clients run by name in the workgroup. @default none */
    preparedStatements?: PreparedStatement[];
    /** Glue release of the job. @default GlueVersion.V5_1 */
    glueVersion?: GlueVersion;
    /** Size of each worker of the job. @default WorkerType.G1X */
    workerType?: WorkerType;
    /** Workers of the job, the driver's among them; with autoScaling the most there may be. @default 2 */
    numberOfWorkers?: number;
    /** Let Glue add and remove workers as a run needs them. @default false */
    autoScaling?: boolean;
    /** Whose capacity the job runs on. @default ExecutionClass.Standard */
    executionClass?: ExecutionClass;
    /** Minutes after which a job run is stopped. @default 60 */
    timeoutMinutes?: number;
    /** Times a failed job run is tried again. @default 0 */
    maxRetries?: number;
    /** Days for which the job's logs are kept. @default 30 */
    logRetentionDays?: number;
    /** VPC in which the job runs. @default none */
    network?: JobNetwork;
    /** When the job runs, in UTC: `cron(0 2 * * ? *)`. @default on demand */
    etlSchedule?: string;
    /** When the raw crawler runs, in UTC. @default on demand */
    rawCrawlSchedule?: string;
    /** When the processed crawler runs, in UTC. @default on demand */
    processedCrawlSchedule?: string;
    /** What a raw crawl looks at. @default RecrawlBehavior.Everything */
    rawRecrawl?: RecrawlBehavior;
    /** Bytes after which a query is cancelled; at least 10,485,760. @default 10737418240 (10 GiB) */
    bytesScannedCutoff?: number;
    /** Delete the workgroup with its history when the stack is destroyed. @default false */
    forceDestroy?: boolean;
    /** Protect database and table from deletion, and keep them when the stack goes. @default false */
    retain?: boolean;
}
