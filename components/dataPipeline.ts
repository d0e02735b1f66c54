import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AthenaWorkgroup, type NamedQuery } from "./athenaWorkgroup";
import { EtlJob, type ExecutionClass, type GlueVersion, type WorkerType } from "./etlJob";
import { catalogNamePattern, catalogNameReason, Faults, longestRoleName } from "./faults";
import { GlueCrawlerPair } from "./glueCrawlerPair";
import { uploadText } from "./jobFiles";
import { LakeTable, type LakeColumn, type ProjectedKey } from "./lakeTable";
import { quarantineFolder, reportsFolder } from "./lakeZones";

export interface DataPipelineArgs {
    /** Name of the dataset: the silver table's, and its folder in every bucket. */
    dataset: string;
    /** Columns of the silver table, without the partition keys. */
    columns: LakeColumn[];
    /** Partition keys of the silver table, from the outermost inwards. */
    partitionKeys: LakeColumn[];
    /** The dataset's contract as a JSON document, which the job reads. */
    contract: string;
    /** Path of the PySpark script, relative to the program's working folder. */
    scriptPath: string;
    /** Folder of a Python package that the script imports by the folder's name. @default none */
    libraryPath?: string;
    /** Bucket of raw files. */
    bronzeBucket: pulumi.Input<string>;
    /** Bucket of the silver table, quarantined rows and run reports. */
    silverBucket: pulumi.Input<string>;
    /** Bucket of scripts, libraries, contracts and temporary files. */
    scriptsBucket: pulumi.Input<string>;
    /** Bucket of query results. */
    resultsBucket: pulumi.Input<string>;
    /** ARN of the KMS key of those buckets. @default they are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** What the dataset is. @default none */
    description?: string;
    /** Glue database, created for this dataset alone. @default the component's name with `_` for `-` */
    databaseName?: string;
    /** Queries kept in the workgroup. @default none */
    namedQueries?: NamedQuery[];
    /** Ranges of the partition keys for partition projection. @default a partition index is used instead */
    projection?: ProjectedKey[];
    /** Glue release of the job. @default GlueVersion.V5_1 */
    glueVersion?: GlueVersion;
    /** Size of each worker of the job. @default WorkerType.G1X */
    workerType?: WorkerType;
    /** Workers of the job, the driver's among them. @default 2 */
    numberOfWorkers?: number;
    /** Whose capacity the job runs on. @default ExecutionClass.Standard */
    executionClass?: ExecutionClass;
    /** Minutes after which a job run is stopped. @default 60 */
    timeoutMinutes?: number;
    /** Times a failed job run is tried again. @default 0 */
    maxRetries?: number;
    /** Days for which the job's logs are kept. @default 30 */
    logRetentionDays?: number;
    /** When the job runs, in UTC: `cron(0 2 * * ? *)`. @default on demand */
    etlSchedule?: string;
    /** When the raw crawler runs, in UTC. @default on demand */
    rawCrawlSchedule?: string;
    /** When the processed crawler runs, in UTC. @default on demand */
    processedCrawlSchedule?: string;
    /** Bytes after which a query is cancelled; at least 10,485,760. @default 10737418240 (10 GiB) */
    bytesScannedCutoff?: number;
    /** Delete the workgroup with its history when the stack is destroyed. @default false */
    forceDestroy?: boolean;
    /** Protect database and table from deletion, and keep them when the stack goes. @default false */
    retain?: boolean;
}

/**
 * Everything that one dataset needs, from raw files to answers: database, silver table, crawlers, job, workgroup, queries.
 *
 * Enforces the following:
 * - each dataset has a database of its own, and a folder of its own in every bucket
 * - the job reads the dataset's raw files and its contract, and writes its table, quarantine and reports; nothing else
 * - the job's target is the declared table's own location
 * - the contract lies under the hash of its content; a change of the contract is a change of the job
 * - queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account
 * - with `retain` database and table are protected, and kept when the stack goes
 */
export class DataPipeline extends pulumi.ComponentResource {
    /** Glue database of every table of the dataset. */
    public readonly databaseName: pulumi.Output<string>;
    /** The crawled raw table. */
    public readonly rawTable: pulumi.Output<string>;
    /** The declared silver table. */
    public readonly table: pulumi.Output<string>;
    /** Name of the crawler of raw files. */
    public readonly rawCrawler: pulumi.Output<string>;
    /** Name of the crawler of the silver table. */
    public readonly processedCrawler: pulumi.Output<string>;
    /** Name of the Glue job. */
    public readonly jobName: pulumi.Output<string>;
    /** Name of the Athena workgroup. */
    public readonly workgroupName: pulumi.Output<string>;
    /** Ids of the named queries, by name. */
    public readonly namedQueryIds: pulumi.Output<{ [name: string]: string }>;
    /** Prefix of the raw files. */
    public readonly rawLocation: pulumi.Output<string>;
    /** Prefix of the silver table. */
    public readonly silverLocation: pulumi.Output<string>;
    /** Prefix of quarantined rows. */
    public readonly quarantineLocation: pulumi.Output<string>;
    /** Prefix of the reports, one JSON document per job run. */
    public readonly reportsLocation: pulumi.Output<string>;

    constructor(name: string, args: DataPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:DataPipeline", name, args, opts);
        check(name, args);

        const { dataset, kmsKeyArn } = args;
        const retain = args.retain ?? false;
        const prefix = (bucket: pulumi.Input<string>, folder = "") =>
            pulumi.interpolate`s3://${bucket}/${folder}${dataset}/`;
        this.rawLocation = prefix(args.bronzeBucket);
        this.silverLocation = prefix(args.silverBucket);
        this.quarantineLocation = prefix(args.silverBucket, quarantineFolder);
        this.reportsLocation = prefix(args.silverBucket, reportsFolder);

        const database = new aws.glue.CatalogDatabase(
            `${name}-database`,
            { name: args.databaseName ?? name.replaceAll("-", "_"), description: args.description },
            { parent: this, protect: retain, retainOnDelete: retain },
        );
        this.databaseName = database.name;

        const table = new LakeTable(
            `${name}-silver`,
            {
                databaseName: database.name,
                tableName: dataset,
                location: this.silverLocation,
                columns: args.columns,
                partitionKeys: args.partitionKeys,
                description: args.description,
                projection: args.projection,
                retain,
            },
            { parent: this },
        );
        this.table = table.tableName;

        const crawlers = new GlueCrawlerPair(
            `${name}-crawl`,
            {
                databaseName: database.name,
                databaseArn: database.arn,
                rawLocation: this.rawLocation,
                processedTable: table.tableName,
                processedLocation: table.location,
                rawSchedule: args.rawCrawlSchedule,
                processedSchedule: args.processedCrawlSchedule,
                kmsKeyArn,
            },
            { parent: this },
        );
        this.rawCrawler = crawlers.rawCrawler;
        this.processedCrawler = crawlers.processedCrawler;
        this.rawTable = crawlers.rawTable;

        const job = this.createJob(name, args, table);
        this.jobName = job.jobName;

        const workgroup = new AthenaWorkgroup(
            `${name}-queries`,
            {
                description: args.description,
                resultsLocation: prefix(args.resultsBucket),
                expectedBucketOwner: aws.getCallerIdentityOutput({}, { parent: this }).accountId,
                kmsKeyArn,
                bytesScannedCutoff: args.bytesScannedCutoff,
                databaseName: database.name,
                namedQueries: args.namedQueries,
                forceDestroy: args.forceDestroy,
            },
            { parent: this },
        );
        this.workgroupName = workgroup.workgroupName;
        this.namedQueryIds = workgroup.namedQueryIds;

        this.registerOutputs({
            databaseName: this.databaseName,
            rawTable: this.rawTable,
            table: this.table,
            rawCrawler: this.rawCrawler,
            processedCrawler: this.processedCrawler,
            jobName: this.jobName,
            workgroupName: this.workgroupName,
            namedQueryIds: this.namedQueryIds,
            rawLocation: this.rawLocation,
            silverLocation: this.silverLocation,
            quarantineLocation: this.quarantineLocation,
            reportsLocation: this.reportsLocation,
        });
    }

    private createJob(name: string, args: DataPipelineArgs, table: LakeTable): EtlJob {
        const contract = uploadText(
            `${name}-contract`,
            args.scriptsBucket,
            (hash) => `contracts/${args.dataset}-${hash}.json`,
            args.contract,
            "application/json",
            this,
        );
        return new EtlJob(
            `${name}-etl`,
            {
                description: args.description,
                scriptPath: args.scriptPath,
                libraryPath: args.libraryPath,
                scriptsBucket: args.scriptsBucket,
                arguments: {
                    "--contract": contract,
                    "--source": this.rawLocation,
                    "--target": table.location,
                    "--quarantine": this.quarantineLocation,
                    "--reports": this.reportsLocation,
                    "--database": table.databaseName,
                    "--table": table.tableName,
                },
                readLocations: [contract, this.rawLocation],
                writeLocations: [table.location, this.quarantineLocation, this.reportsLocation],
                tableArns: [table.tableArn],
                kmsKeyArn: args.kmsKeyArn,
                glueVersion: args.glueVersion,
                workerType: args.workerType,
                numberOfWorkers: args.numberOfWorkers,
                executionClass: args.executionClass,
                timeoutMinutes: args.timeoutMinutes,
                maxRetries: args.maxRetries,
                logRetentionDays: args.logRetentionDays,
                schedule: args.etlSchedule,
            },
            { parent: this },
        );
    }
}

function check(name: string, args: DataPipelineArgs): void {
    const faults = new Faults(`DataPipeline "${name}"`);
    faults.unlessMatches("name", name, /^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and '-'");
    faults.unlessShort("name", name, longestRoleName - "-crawl-processed-role".length);
    faults.unlessMatches("dataset", args.dataset, catalogNamePattern, catalogNameReason);
    const databaseName = args.databaseName ?? name.replaceAll("-", "_");
    faults.unlessMatches("databaseName", databaseName, catalogNamePattern, catalogNameReason);
    try {
        JSON.parse(args.contract);
    } catch (error) {
        faults.add("contract", `must be a JSON document: ${(error as Error).message}`);
    }
    faults.throwIfAny();
}
