/** What is wrong with the arguments of a DataPipeline, those for its parts among them: before any part is made. */
import * as pulumi from "@pulumi/pulumi";
import { checkAthenaWorkgroup } from "./athenaWorkgroupCheck";
import type { DataPipelineArgs } from "./dataPipelineArgs";
import {
    crawlerArgs,
    databaseNameOf,
    goldTableArgs,
    hasGold,
    hasRules,
    jobArgs,
    placesOf,
    qualityArgs,
    tableArgs,
    workgroupArgs,
} from "./dataPipelineParts";
import { checkDataQuality } from "./dataQuality";
import { checkEtlJob } from "./etlJobCheck";
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
import { checkCrawlerPair } from "./glueCrawlerPair";
import { checkDataset } from "./jobContractCheck";
import { checkLakeTable } from "./lakeTableCheck";

/** @throws InputPropertiesError with every fault, each at the path of the pipeline's own argument */
export function checkDataPipeline(name: string, args: DataPipelineArgs): void {
    const faults = new Faults(`DataPipeline "${name}"`);
    faults.unlessMatches("name", name, /^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and '-'");
    faults.unlessShort("name", name, longestRoleName - "-crawl-processed-role".length);
    const databaseName = databaseNameOf(name, args);
    faults.unlessMatches("databaseName", databaseName, catalogNamePattern, catalogNameReason);
    checkDataset(args, faults);
    if (hasGold(args) && args.goldBucket === undefined) {
        faults.add("goldBucket", "is missing: the gold tables need a bucket");
    }
    for (const bucket of ["bronzeBucket", "silverBucket", "goldBucket", "scriptsBucket", "resultsBucket"] as const) {
        faults.unlessMatches(bucket, args[bucket], bucketNamePattern, bucketNameReason);
    }
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);

    // What is made only later is an output to the parts' checks, and so left to the services.
    const later = pulumi.output("");
    const places = placesOf(args);
    const catalog = {
        databaseName,
        databaseArn: later,
        tableName: args.dataset,
        tableArn: later,
        quarantineTable: `${args.dataset}_quarantine`,
        goldArns: [],
    };
    goldTableArgs(args, places, databaseName).forEach((table, index) =>
        faults.include(() => checkLakeTable(`${name}-gold`, table), {
            tableName: `gold[${index}].name`,
            columns: `gold[${index}].columns`,
            partitionKeys: `gold[${index}].partitionKeys`,
        }),
    );
    faults.include(() => checkLakeTable(`${name}-silver`, tableArgs(args, places, databaseName)), {
        tableName: "dataset",
    });
    faults.include(() => checkCrawlerPair(`${name}-crawl`, crawlerArgs(args, places, catalog)), {
        processedTable: "dataset",
        recrawl: "rawRecrawl",
        rawSchedule: "rawCrawlSchedule",
        processedSchedule: "processedCrawlSchedule",
    });
    faults.include(() => checkEtlJob(`${name}-etl`, jobArgs(args, places, catalog, later)), {
        schedule: "etlSchedule",
    });
    faults.include(() => checkAthenaWorkgroup(`${name}-queries`, workgroupArgs(args, places, databaseName)));
    if (hasRules(args)) {
        faults.include(() => checkDataQuality(`${name}-quality`, qualityArgs(args, catalog)), {
            tableName: "dataset",
            rules: "qualityRules",
            onFailure: "onQualityFailure",
        });
    }
    faults.throwIfAny();
}
