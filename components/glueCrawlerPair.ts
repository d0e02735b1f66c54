import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createEventQueue, RecrawlBehavior } from "./crawlerEvents";
import { crawlerStatements } from "./crawlerRights";
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    longestRoleName,
    resourceNamePattern,
    resourceNameReason,
    s3PrefixPattern,
    s3PrefixReason,
    schedulePattern,
    scheduleReason,
} from "./faults";
import { identityOf } from "./identity";
import { stableJson } from "./json";
import { createRole } from "./role";
import { lastFolder, tableLevel } from "./s3Uri";

export interface GlueCrawlerPairArgs {
    /** Glue database of both tables. */
    databaseName: pulumi.Input<string>;
    /** ARN of that database. */
    databaseArn: pulumi.Input<string>;
    /** Prefix of the raw files, `s3://bucket/folder/`: one table, named after its last folder. */
    rawLocation: pulumi.Input<string>;
    /** Declared table that the processed crawler keeps up to date. */
    processedTable: pulumi.Input<string>;
    /** Prefix of the declared table's files. */
    processedLocation: pulumi.Input<string>;
    /** Set before the name of the raw table. @default raw_ */
    rawTablePrefix?: string;
    /** What the raw crawler looks at after its first crawl. @default RecrawlBehavior.Everything */
    recrawl?: RecrawlBehavior;
    /** Patterns of raw files that are not data, relative to `rawLocation`: `**.tmp`. @default none */
    rawExclusions?: string[];
    /** When the raw crawler runs, in UTC: `cron(0 1 * * ? *)`. @default on demand */
    rawSchedule?: string;
    /** When the processed crawler runs, in UTC. @default on demand */
    processedSchedule?: string;
    /** ARN of the KMS key of the files. @default the files are encrypted by SSE-S3 */
    kmsKeyArn?: pulumi.Input<string>;
    /** ARN of a role of yours for the raw crawler. @default a role with the rights that it needs is created */
    rawRoleArn?: pulumi.Input<string>;
    /** ARN of a role of yours for the processed crawler. @default a role with the rights that it needs is created */
    processedRoleArn?: pulumi.Input<string>;
}

/**
 * Two crawlers: one finds the schema and the partitions of raw files, the other adds new partitions to a declared table.
 *
 * With `RecrawlBehavior.Events` the raw crawler reads from a queue what has changed; give the queue and the folder of
 * `rawLocation` to the bucket's BucketEvents. An event is kept for 14 days: crawl more often than that.
 *
 * Enforces the following:
 * - the raw crawler makes one table of its prefix: schemas are combined and the table level is that of the prefix
 * - the raw table's name has a prefix, so that it never collides with the declared table
 * - the processed crawler's target is the declared table itself: it makes no second one
 * - the processed crawler leaves the declared columns as they are; both crawlers leave tables and partitions of deleted files
 * - partitions take format and columns from their table
 * - each crawler has a role of its own, which reads its own prefix and changes its own table only
 * - each crawler writes to its own log stream only
 * - a raw crawler of new folders only leaves every table and partition that is there as it is
 * - in event mode Amazon S3 alone sends to the queue, for the raw files' bucket in this account alone
 * - in event mode both queues are encrypted and refuse what does not come by TLS
 * - in event mode an event is kept for 14 days; after five crawls that failed over it among the dead letters
 * - in event mode the raw crawler alone may take events, from its own queue alone
 */
export class GlueCrawlerPair extends pulumi.ComponentResource {
    /** Name of the raw crawler, `<name>-raw`. */
    public readonly rawCrawler: pulumi.Output<string>;
    /** Name of the processed crawler, `<name>-processed`. */
    public readonly processedCrawler: pulumi.Output<string>;
    /** Table that the raw crawler makes. */
    public readonly rawTable: pulumi.Output<string>;
    /** ARN of the queue of Amazon S3 events; undefined unless `recrawl` is `RecrawlBehavior.Events`. */
    public readonly eventQueueArn?: pulumi.Output<string>;
    /** ARN of the raw crawler's role. */
    public readonly rawRoleArn: pulumi.Output<string>;
    /** ARN of the processed crawler's role. */
    public readonly processedRoleArn: pulumi.Output<string>;

    constructor(name: string, args: GlueCrawlerPairArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:GlueCrawlerPair", name, args, opts);
        checkCrawlerPair(name, args);

        const prefix = args.rawTablePrefix ?? "raw_";
        const rawLocation = pulumi.output(args.rawLocation);
        this.rawTable = rawLocation.apply((location) => prefix + lastFolder(location).replaceAll("-", "_"));
        const partition = identityOf(this).partition;
        const recrawl = args.recrawl ?? RecrawlBehavior.Everything;
        const events =
            recrawl === RecrawlBehavior.Events ? createEventQueue(`${name}-raw`, rawLocation, this) : undefined;
        this.eventQueueArn = events?.queueArn;
        const role = (kind: "raw" | "processed", location: pulumi.Input<string>, table: pulumi.Input<string>) =>
            createRole(
                `${name}-${kind}-role`,
                {
                    service: "glue.amazonaws.com",
                    description: `Glue crawler ${name}-${kind}`,
                    statements: pulumi
                        .all([
                            partition,
                            location,
                            args.databaseArn,
                            table,
                            args.kmsKeyArn,
                            kind === "raw" && events ? pulumi.all([events.queueArn, events.deadLetterArn]) : undefined,
                        ])
                        .apply(([part, uri, databaseArn, tableName, kmsKeyArn, queueArns]) =>
                            crawlerStatements({
                                partition: part,
                                crawler: `${name}-${kind}`,
                                location: uri,
                                databaseArn,
                                table: tableName,
                                createsTable: kind === "raw",
                                kmsKeyArn,
                                queueArns,
                            }),
                        ),
                },
                this,
            );

        this.rawRoleArn = pulumi.output(args.rawRoleArn ?? role("raw", rawLocation, this.rawTable));
        this.processedRoleArn = pulumi.output(
            args.processedRoleArn ?? role("processed", args.processedLocation, args.processedTable),
        );
        const raw = new aws.glue.Crawler(
            `${name}-raw`,
            {
                name: `${name}-raw`,
                description: pulumi.interpolate`Finds the schema and the partitions of ${rawLocation}`,
                databaseName: args.databaseName,
                role: this.rawRoleArn,
                s3Targets: [
                    {
                        path: rawLocation,
                        exclusions: args.rawExclusions,
                        eventQueueArn: events?.queueArn,
                        dlqEventQueueArn: events?.deadLetterArn,
                    },
                ],
                tablePrefix: prefix,
                configuration: rawLocation.apply((location) => configuration(tableLevel(location))),
                recrawlPolicy: { recrawlBehavior: recrawl },
                schemaChangePolicy: {
                    // Glue refuses anything else: https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html
                    updateBehavior: recrawl === RecrawlBehavior.NewFoldersOnly ? "LOG" : "UPDATE_IN_DATABASE",
                    deleteBehavior: "LOG",
                },
                schedule: args.rawSchedule,
            },
            { parent: this },
        );
        const processed = new aws.glue.Crawler(
            `${name}-processed`,
            {
                name: `${name}-processed`,
                description: pulumi.interpolate`Adds new partitions of ${args.processedLocation} to ${args.processedTable}`,
                databaseName: args.databaseName,
                role: this.processedRoleArn,
                catalogTargets: [{ databaseName: args.databaseName, tables: [args.processedTable] }],
                configuration: configuration(),
                recrawlPolicy: { recrawlBehavior: RecrawlBehavior.Everything },
                // LOG still adds partitions: https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html
                schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
                schedule: args.processedSchedule,
            },
            { parent: this },
        );
        this.rawCrawler = raw.name;
        this.processedCrawler = processed.name;
        this.registerOutputs({
            rawCrawler: this.rawCrawler,
            processedCrawler: this.processedCrawler,
            rawTable: this.rawTable,
            eventQueueArn: this.eventQueueArn,
            rawRoleArn: this.rawRoleArn,
            processedRoleArn: this.processedRoleArn,
        });
    }
}

/** https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html */
function configuration(level?: number): string {
    return stableJson({
        Version: 1,
        CrawlerOutput: { Partitions: { AddOrUpdateBehavior: "InheritFromTable" } },
        Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas", TableLevelConfiguration: level },
    });
}

/** @throws InputPropertiesError with every fault of the arguments */
export function checkCrawlerPair(name: string, args: GlueCrawlerPairArgs): void {
    const faults = new Faults(`GlueCrawlerPair "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    faults.unlessShort("name", name, longestRoleName - "-processed-role".length);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches(
        "databaseArn",
        args.databaseArn,
        /^arn:[a-z-]+:glue:[^:]+:\d{12}:database\/[^/]+$/,
        "must be the ARN of a Glue database",
    );
    faults.unlessMatches("rawLocation", args.rawLocation, s3PrefixPattern, s3PrefixReason);
    if (typeof args.rawLocation === "string" && /^s3:\/\/[^/]+\/$/.test(args.rawLocation)) {
        faults.add("rawLocation", `"${args.rawLocation}" is a whole bucket: name the folder that is one table`);
    }
    faults.unlessMatches("processedLocation", args.processedLocation, s3PrefixPattern, s3PrefixReason);
    faults.unlessMatches("processedTable", args.processedTable, catalogNamePattern, catalogNameReason);
    faults.unlessMatches(
        "rawTablePrefix",
        args.rawTablePrefix,
        /^[a-z][a-z0-9_]*$/,
        "must be lower-case letters, digits and _ and not empty: without it the raw table may collide with the declared one",
    );
    faults.unlessOneOf("recrawl", args.recrawl, Object.values(RecrawlBehavior));
    args.rawExclusions?.forEach((pattern, index) =>
        faults.unlessMatches(
            `rawExclusions[${index}]`,
            pattern,
            /^(?!s3:\/\/)[^/]/,
            "must be a pattern relative to rawLocation: **.tmp",
        ),
    );
    faults.unlessMatches("rawSchedule", args.rawSchedule, schedulePattern, scheduleReason);
    faults.unlessMatches("processedSchedule", args.processedSchedule, schedulePattern, scheduleReason);
    faults.throwIfAny();
}
