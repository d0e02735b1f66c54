import * as aws from "@pulumi/aws";
import { GlueCrawlerPair, LakeTable, RecrawlBehavior } from "..";

const database = new aws.glue.CatalogDatabase("weather", { name: "weather" });
const table = new LakeTable("readings", {
    databaseName: database.name,
    tableName: "readings",
    location: "s3://my-silver/readings/",
    columns: [{ name: "celsius", type: "decimal(4,1)" }],
    partitionKeys: [{ name: "day", type: "date" }],
});

/** The raw crawler looks at new folders each night; the processed crawler adds the partitions that a job wrote. */
const crawlers = new GlueCrawlerPair("readings", {
    databaseName: database.name,
    databaseArn: database.arn,
    rawLocation: "s3://my-bronze/readings/",
    recrawl: RecrawlBehavior.NewFoldersOnly,
    rawSchedule: "cron(0 1 * * ? *)",
    processedTable: table.tableName,
    processedLocation: table.location,
});

export const rawTable = crawlers.rawTable;
