/** What a pipeline asks of each of its parts, in the words of their arguments. */
import * as pulumi from "@pulumi/pulumi";
import type { AthenaWorkgroupArgs } from "./athenaWorkgroup";
import type { DataPipelineArgs } from "./dataPipelineArgs";
import type { DataQualityArgs } from "./dataQuality";
import type { EtlJobArgs } from "./etlJob";
import type { GlueCrawlerPairArgs } from "./glueCrawlerPair";
import type { LakeTableArgs } from "./lakeTable";
import { quarantineFolder, reportsFolder } from "./lakeZones";

/** Where a dataset's files are: `s3://…/` prefixes. */
export interface Places {
    readonly raw: pulumi.Output<string>;
    readonly silver: pulumi.Output<string>;
    readonly quarantine: pulumi.Output<string>;
    readonly reports: pulumi.Output<string>;
    readonly results: pulumi.Output<string>;
}

/** The catalog objects that the parts share. */
export interface Catalog {
    readonly databaseName: pulumi.Input<string>;
    readonly databaseArn: pulumi.Input<string>;
    readonly tableName: pulumi.Input<string>;
    readonly tableArn: pulumi.Input<string>;
}

export function placesOf(args: DataPipelineArgs): Places {
    const prefix = (bucket: pulumi.Input<string>, folder = "") =>
        pulumi.interpolate`s3://${bucket}/${folder}${args.dataset}/`;
    return {
        raw: prefix(args.bronzeBucket),
        silver: prefix(args.silverBucket),
        quarantine: prefix(args.silverBucket, quarantineFolder),
        reports: prefix(args.silverBucket, reportsFolder),
        results: prefix(args.resultsBucket),
    };
}

export function tableArgs(args: DataPipelineArgs, places: Places, databaseName: pulumi.Input<string>): LakeTableArgs {
    return {
        databaseName,
        tableName: args.dataset,
        location: places.silver,
        columns: args.columns.map(({ name, type, comment }) => ({ name, type, comment })),
        partitionKeys: args.partitionKeys.map(({ name, type, expression }) => ({ name, type, comment: expression })),
        description: args.description,
        projection: args.projection,
        retain: args.retain,
    };
}

export function qualityArgs(args: DataPipelineArgs, { databaseName, tableName }: Catalog): DataQualityArgs {
    return {
        databaseName,
        tableName,
        columns: [...args.columns, ...args.partitionKeys].map((column) => column.name),
        rules: args.qualityRules ?? [],
        onFailure: args.onQualityFailure,
        description: args.description,
    };
}

export function crawlerArgs(args: DataPipelineArgs, places: Places, catalog: Catalog): GlueCrawlerPairArgs {
    return {
        databaseName: catalog.databaseName,
        databaseArn: catalog.databaseArn,
        rawLocation: places.raw,
        processedTable: catalog.tableName,
        processedLocation: places.silver,
        recrawl: args.rawRecrawl,
        rawSchedule: args.rawCrawlSchedule,
        processedSchedule: args.processedCrawlSchedule,
        kmsKeyArn: args.kmsKeyArn,
    };
}

export function jobArgs(
    args: DataPipelineArgs,
    places: Places,
    catalog: Catalog,
    contract: pulumi.Output<string>,
): EtlJobArgs {
    return {
        description: args.description,
        scriptPath: args.scriptPath,
        libraryPath: args.libraryPath,
        scriptsBucket: args.scriptsBucket,
        arguments: {
            "--contract": contract,
            "--source": places.raw,
            "--target": places.silver,
            "--quarantine": places.quarantine,
            "--reports": places.reports,
            "--database": catalog.databaseName,
            "--table": catalog.tableName,
        },
        readLocations: [contract, places.raw],
        writeLocations: [places.silver, places.quarantine, places.reports],
        tableArns: [catalog.tableArn],
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
        dataQuality: hasRules(args),
        schedule: args.etlSchedule,
    };
}

/** Without the owner of the results' bucket, which a provider has to be asked for. */
export function workgroupArgs(
    args: DataPipelineArgs,
    places: Places,
    databaseName: pulumi.Input<string>,
): AthenaWorkgroupArgs {
    return {
        description: args.description,
        resultsLocation: places.results,
        kmsKeyArn: args.kmsKeyArn,
        bytesScannedCutoff: args.bytesScannedCutoff,
        databaseName,
        namedQueries: args.namedQueries,
        forceDestroy: args.forceDestroy,
    };
}

export function hasRules(args: DataPipelineArgs): boolean {
    return (args.qualityRules ?? []).length > 0;
}

export function databaseNameOf(name: string, args: DataPipelineArgs): string {
    return args.databaseName ?? name.replaceAll("-", "_");
}
