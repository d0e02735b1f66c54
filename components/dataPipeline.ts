import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AthenaWorkgroup } from "./athenaWorkgroup";
import type { DataPipelineArgs } from "./dataPipelineArgs";
import { checkDataPipeline } from "./dataPipelineCheck";
import {
    crawlerArgs,
    databaseNameOf,
    goldTableArgs,
    hasRules,
    jobArgs,
    placesOf,
    qualityArgs,
    qualityTableArgs,
    quarantineTableArgs,
    tableArgs,
    workgroupArgs,
} from "./dataPipelineParts";
import { DataQuality } from "./dataQuality";
import { EtlJob } from "./etlJob";
import { GlueCrawlerPair } from "./glueCrawlerPair";
import { identityOf } from "./identity";
import { jobContract } from "./jobContract";
import { uploadText } from "./jobFiles";
import { LakeTable, type LakeTableArgs } from "./lakeTable";

/**
 * Everything that one dataset needs, from raw files to answers: database, tables of silver, gold, quarantined records and
 * outcomes of quality rules, crawlers, job, quality rules, workgroup, queries.
 *
 * Enforces the following:
 * - each dataset has a database of its own, and a folder of its own in every bucket
 * - the job reads the dataset's raw files and its contract, and writes its tables, reports and what it remembers; nothing else
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
    /** The declared table of quarantined records. */
    public readonly quarantineTable: pulumi.Output<string>;
    /** The declared table of the outcomes of quality rules. */
    public readonly qualityTable: pulumi.Output<string>;
    /** The declared gold tables. */
    public readonly goldTables: pulumi.Output<string[]>;
    /** Name of the crawler of raw files. */
    public readonly rawCrawler: pulumi.Output<string>;
    /** Name of the crawler of quarantined records; silver's partitions are the job's to publish. */
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
    /** Names of the prepared statements. */
    public readonly preparedStatementNames: pulumi.Output<string[]>;
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
        checkDataPipeline(name, args);

        const places = placesOf(args);
        this.rawLocation = places.raw;
        this.silverLocation = places.silver;
        this.quarantineLocation = places.quarantine;
        this.reportsLocation = places.reports;

        const retain = args.retain ?? false;
        const database = new aws.glue.CatalogDatabase(
            `${name}-database`,
            { name: databaseNameOf(name, args), description: args.description },
            { parent: this, protect: retain, retainOnDelete: retain },
        );
        this.databaseName = database.name;

        const table = new LakeTable(`${name}-silver`, tableArgs(args, places, database.name), { parent: this });
        this.table = table.tableName;
        const declare = (kind: string, of: LakeTableArgs) => new LakeTable(`${name}-${kind}`, of, { parent: this });
        const quarantine = declare("quarantine", quarantineTableArgs(args, places, database.name));
        this.quarantineTable = quarantine.tableName;
        this.qualityTable = declare("outcomes", qualityTableArgs(args, places, database.name)).tableName;
        const gold = goldTableArgs(args, places, database.name).map((of) =>
            declare(`gold-${of.tableName.replaceAll("_", "-")}`, of),
        );
        this.goldTables = pulumi.output(gold.map((each) => each.tableName));
        const catalog = {
            databaseName: database.name,
            databaseArn: database.arn,
            tableName: table.tableName,
            tableArn: table.tableArn,
            quarantineTable: quarantine.tableName,
            goldArns: gold.map((each) => each.tableArn),
        };
        if (hasRules(args)) {
            new DataQuality(`${name}-quality`, qualityArgs(args, catalog), { parent: this });
        }

        const crawlers = new GlueCrawlerPair(`${name}-crawl`, crawlerArgs(args, places, catalog), { parent: this });
        this.rawCrawler = crawlers.rawCrawler;
        this.processedCrawler = crawlers.processedCrawler;
        this.rawTable = crawlers.rawTable;
        this.eventQueueArn = crawlers.eventQueueArn;
        this.rawCrawlerRoleArn = crawlers.rawRoleArn;
        this.processedCrawlerRoleArn = crawlers.processedRoleArn;

        const contract = uploadText(
            `${name}-contract`,
            args.scriptsBucket,
            (hash) => `contracts/${args.dataset}-${hash}.json`,
            jobContract(args),
            "application/json",
            this,
        );
        const job = new EtlJob(`${name}-etl`, jobArgs(args, places, catalog, contract), { parent: this });
        this.jobName = job.jobName;
        this.jobRoleArn = job.roleArn;

        const expectedBucketOwner = identityOf(this).accountId;
        const workgroup = new AthenaWorkgroup(
            `${name}-queries`,
            { ...workgroupArgs(args, places, database.name), expectedBucketOwner },
            { parent: this },
        );
        this.workgroupName = workgroup.workgroupName;
        this.namedQueryIds = workgroup.namedQueryIds;
        this.preparedStatementNames = workgroup.preparedStatementNames;

        this.registerOutputs({
            databaseName: this.databaseName,
            rawTable: this.rawTable,
            table: this.table,
            quarantineTable: this.quarantineTable,
            qualityTable: this.qualityTable,
            goldTables: this.goldTables,
            rawCrawler: this.rawCrawler,
            processedCrawler: this.processedCrawler,
            eventQueueArn: this.eventQueueArn,
            jobName: this.jobName,
            jobRoleArn: this.jobRoleArn,
            rawCrawlerRoleArn: this.rawCrawlerRoleArn,
            processedCrawlerRoleArn: this.processedCrawlerRoleArn,
            workgroupName: this.workgroupName,
            namedQueryIds: this.namedQueryIds,
            preparedStatementNames: this.preparedStatementNames,
            rawLocation: this.rawLocation,
            silverLocation: this.silverLocation,
            quarantineLocation: this.quarantineLocation,
            reportsLocation: this.reportsLocation,
        });
    }
}
