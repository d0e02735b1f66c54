import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AthenaWorkgroup } from "./athenaWorkgroup";
import type { DataPipelineArgs } from "./dataPipelineArgs";
import { DataQuality } from "./dataQuality";
import { EtlJob } from "./etlJob";
import {
    bucketNamePattern,
    bucketNameReason,
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    longestRoleName,
} from "./faults";
import { GlueCrawlerPair } from "./glueCrawlerPair";
import { checkDataset, jobContract } from "./jobContract";
import { uploadText } from "./jobFiles";
import { LakeTable } from "./lakeTable";
import { quarantineFolder, reportsFolder } from "./lakeZones";

/**
 * Everything that one dataset needs, from raw files to answers: database, silver table, crawlers, job, quality rules,
 * workgroup, queries.
 *
 * Enforces the following:
 * - each dataset has a database of its own, and a folder of its own in every bucket
 * - the job reads the dataset's raw files and its contract, and writes its table, quarantine and reports; nothing else
 * - the job's target is the declared table's own location
 * - the contract says what the table, the raw files and the rules are, in the words of the arguments
 * - the contract lies under the hash of its content; a change of the contract is a change of the job
 * - the ruleset on the table has the rules of the contract
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
    /** ARN of the queue of the raw bucket's events, for BucketEvents; undefined unless `rawRecrawl` is RecrawlBehavior.Events. */
    public readonly eventQueueArn?: pulumi.Output<string>;
    /** Name of the Glue job. */
    public readonly jobName: pulumi.Output<string>;
    /** ARN of the job's role. */
    public readonly jobRoleArn: pulumi.Output<string>;
    /** ARN of the raw crawler's role. */
    public readonly rawCrawlerRoleArn: pulumi.Output<string>;
    /** ARN of the processed crawler's role. */
    public readonly processedCrawlerRoleArn: pulumi.Output<string>;
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

        const { dataset } = args;
        const prefix = (bucket: pulumi.Input<string>, folder = "") =>
            pulumi.interpolate`s3://${bucket}/${folder}${dataset}/`;
        this.rawLocation = prefix(args.bronzeBucket);
        this.silverLocation = prefix(args.silverBucket);
        this.quarantineLocation = prefix(args.silverBucket, quarantineFolder);
        this.reportsLocation = prefix(args.silverBucket, reportsFolder);

        const retain = args.retain ?? false;
        const database = new aws.glue.CatalogDatabase(
            `${name}-database`,
            { name: databaseNameOf(name, args), description: args.description },
            { parent: this, protect: retain, retainOnDelete: retain },
        );
        this.databaseName = database.name;

        const table = this.createTable(name, args, retain);
        this.table = table.tableName;

        const crawlers = this.createCrawlers(name, args, database, table);
        this.rawCrawler = crawlers.rawCrawler;
        this.processedCrawler = crawlers.processedCrawler;
        this.rawTable = crawlers.rawTable;
        this.eventQueueArn = crawlers.eventQueueArn;
        this.rawCrawlerRoleArn = crawlers.rawRoleArn;
        this.processedCrawlerRoleArn = crawlers.processedRoleArn;

        const job = this.createJob(name, args, table);
        this.jobName = job.jobName;
        this.jobRoleArn = job.roleArn;

        const workgroup = new AthenaWorkgroup(
            `${name}-queries`,
            {
                description: args.description,
                resultsLocation: prefix(args.resultsBucket),
                expectedBucketOwner: aws.getCallerIdentityOutput({}, { parent: this }).accountId,
                kmsKeyArn: args.kmsKeyArn,
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
            eventQueueArn: this.eventQueueArn,
            jobName: this.jobName,
            jobRoleArn: this.jobRoleArn,
            rawCrawlerRoleArn: this.rawCrawlerRoleArn,
            processedCrawlerRoleArn: this.processedCrawlerRoleArn,
            workgroupName: this.workgroupName,
            namedQueryIds: this.namedQueryIds,
            rawLocation: this.rawLocation,
            silverLocation: this.silverLocation,
            quarantineLocation: this.quarantineLocation,
            reportsLocation: this.reportsLocation,
        });
    }

    private createTable(name: string, args: DataPipelineArgs, retain: boolean): LakeTable {
        const table = new LakeTable(
            `${name}-silver`,
            {
                databaseName: this.databaseName,
                tableName: args.dataset,
                location: this.silverLocation,
                columns: args.columns.map((column) => ({
                    name: column.name,
                    type: column.type,
                    comment: column.comment,
                })),
                partitionKeys: args.partitionKeys.map((key) => ({
                    name: key.name,
                    type: key.type,
                    comment: key.expression,
                })),
                description: args.description,
                projection: args.projection,
                retain,
            },
            { parent: this },
        );
        if ((args.qualityRules ?? []).length > 0) {
            new DataQuality(
                `${name}-quality`,
                {
                    databaseName: table.databaseName,
                    tableName: table.tableName,
                    columns: [...args.columns, ...args.partitionKeys].map((column) => column.name),
                    rules: args.qualityRules ?? [],
                    onFailure: args.onQualityFailure,
                    description: args.description,
                },
                { parent: this },
            );
        }
        return table;
    }

    private createCrawlers(
        name: string,
        args: DataPipelineArgs,
        database: aws.glue.CatalogDatabase,
        table: LakeTable,
    ): GlueCrawlerPair {
        return new GlueCrawlerPair(
            `${name}-crawl`,
            {
                databaseName: database.name,
                databaseArn: database.arn,
                rawLocation: this.rawLocation,
                processedTable: table.tableName,
                processedLocation: table.location,
                recrawl: args.rawRecrawl,
                rawSchedule: args.rawCrawlSchedule,
                processedSchedule: args.processedCrawlSchedule,
                kmsKeyArn: args.kmsKeyArn,
            },
            { parent: this },
        );
    }

    private createJob(name: string, args: DataPipelineArgs, table: LakeTable): EtlJob {
        const contract = uploadText(
            `${name}-contract`,
            args.scriptsBucket,
            (hash) => `contracts/${args.dataset}-${hash}.json`,
            jobContract(args),
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
                autoScaling: args.autoScaling,
                executionClass: args.executionClass,
                timeoutMinutes: args.timeoutMinutes,
                maxRetries: args.maxRetries,
                logRetentionDays: args.logRetentionDays,
                network: args.network,
                dataQuality: (args.qualityRules ?? []).length > 0,
                schedule: args.etlSchedule,
            },
            { parent: this },
        );
    }
}

function databaseNameOf(name: string, args: DataPipelineArgs): string {
    return args.databaseName ?? name.replaceAll("-", "_");
}

function check(name: string, args: DataPipelineArgs): void {
    const faults = new Faults(`DataPipeline "${name}"`);
    faults.unlessMatches("name", name, /^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and '-'");
    faults.unlessShort("name", name, longestRoleName - "-crawl-processed-role".length);
    faults.unlessMatches("databaseName", databaseNameOf(name, args), catalogNamePattern, catalogNameReason);
    checkDataset(args, faults);
    for (const bucket of ["bronzeBucket", "silverBucket", "scriptsBucket", "resultsBucket"] as const) {
        faults.unlessMatches(bucket, args[bucket], bucketNamePattern, bucketNameReason);
    }
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.throwIfAny();
}
