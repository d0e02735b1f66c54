/** What a pipeline asks of each of its parts, in the words of their arguments. */
import * as pulumi from "@pulumi/pulumi";
import type { AthenaWorkgroupArgs } from "./athenaWorkgroup";
import type { DataPipelineArgs } from "./dataPipelineArgs";
import type { DataQualityArgs } from "./dataQuality";
import type { EtlJobArgs } from "./etlJob";
import type { GlueCrawlerPairArgs } from "./glueCrawlerPair";
import type { LakeTableArgs } from "./lakeTable";
import { jobMetricNamespace, SchemaChange } from "./jobContract";
import { ownLibrary } from "./jobFiles";
import { libraryModules } from "./jobModules";
import { TableFormat } from "./lakeTable";
import { qualityFolder, quarantineFolder, reportsFolder, stagingFolder, stateFolder } from "./lakeZones";

/** Where a dataset's files are: `s3://…/` prefixes. */
export interface Places {
    readonly raw: pulumi.Output<string>;
    readonly silver: pulumi.Output<string>;
    readonly quarantine: pulumi.Output<string>;
    readonly reports: pulumi.Output<string>;
    readonly quality: pulumi.Output<string>;
    readonly staging: pulumi.Output<string>;
    readonly state: pulumi.Output<string>;
    /** Of all gold tables; undefined where there is none. */
    readonly gold: pulumi.Output<string> | undefined;
    readonly results: pulumi.Output<string>;
}

/** The catalog objects that the parts share. */
export interface Catalog {
    readonly databaseName: pulumi.Input<string>;
    readonly databaseArn: pulumi.Input<string>;
    readonly tableName: pulumi.Input<string>;
    readonly tableArn: pulumi.Input<string>;
    readonly quarantineTable: pulumi.Input<string>;
    readonly goldArns: pulumi.Input<string>[];
}

export function placesOf(args: DataPipelineArgs): Places {
    const prefix = (bucket: pulumi.Input<string>, folder = "") =>
        pulumi.interpolate`s3://${bucket}/${folder}${args.dataset}/`;
    return {
        raw: prefix(args.bronzeBucket),
        silver: prefix(args.silverBucket),
        quarantine: prefix(args.silverBucket, quarantineFolder),
        reports: prefix(args.silverBucket, reportsFolder),
        quality: prefix(args.silverBucket, qualityFolder),
        staging: prefix(args.silverBucket, stagingFolder),
        state: prefix(args.silverBucket, stateFolder),
        gold: hasGold(args) && args.goldBucket !== undefined ? prefix(args.goldBucket) : undefined,
        results: prefix(args.resultsBucket),
    };
}

export function tableArgs(args: DataPipelineArgs, places: Places, databaseName: pulumi.Input<string>): LakeTableArgs {
    return {
        databaseName,
        tableName: args.dataset,
        location: places.silver,
        columns: [
            ...args.columns.map(({ name, type, comment }) => ({ name, type, comment })),
            ...(args.schemaChange === SchemaChange.Append ? [extraFields] : []),
            sourceObject,
        ],
        partitionKeys: args.partitionKeys.map(({ name, type, expression }) => ({ name, type, comment: expression })),
        format: args.tableFormat,
        kmsKeyArn: args.tableFormat === TableFormat.Iceberg ? args.kmsKeyArn : undefined,
        description: args.description,
        retain: args.retain,
    };
}

/** Columns that the job adds to every silver table. */
const sourceObject = {
    name: "source_object",
    type: "string",
    comment: "The raw object that the row is from, below the dataset's folder.",
};
const extraFields = {
    name: "extra_fields",
    type: "string",
    comment: "Fields of the record that no column reads, as JSON.",
};

const runDate = { name: "run_date", type: "date", comment: "Day of the run, UTC" };

export function quarantineTableArgs(
    args: DataPipelineArgs,
    places: Places,
    databaseName: pulumi.Input<string>,
): LakeTableArgs {
    return {
        databaseName,
        tableName: `${args.dataset}_quarantine`,
        location: places.quarantine,
        columns: [
            { name: "raw", type: "string", comment: "The record as it came." },
            sourceObject,
            { name: "reason", type: "string", comment: "What is wrong with it." },
            { name: "run_id", type: "string", comment: "The job run that set it aside." },
        ],
        partitionKeys: [runDate],
        description: `Records of ${args.dataset} that became no row.`,
        retain: args.retain,
    };
}

export function qualityTableArgs(
    args: DataPipelineArgs,
    places: Places,
    databaseName: pulumi.Input<string>,
): LakeTableArgs {
    return {
        databaseName,
        tableName: `${args.dataset}_quality`,
        location: places.quality,
        columns: [
            { name: "run_id", type: "string", comment: "The job run whose rows were judged." },
            { name: "dataset", type: "string" },
            { name: "evaluated_at", type: "timestamp", comment: "UTC" },
            { name: "rule", type: "string", comment: "In DQDL." },
            { name: "outcome", type: "string", comment: "Passed or Failed." },
            { name: "reason", type: "string", comment: "Why it failed." },
            { name: "metrics", type: "string", comment: "What was measured, as JSON." },
            { name: "gate", type: "boolean", comment: "Whether a failure fails the run." },
        ],
        partitionKeys: [runDate],
        // Its folders follow from the day, and there is one a day at most.
        projection: [{ name: runDate.name, range: "2020-01-01,NOW" }],
        description: `Outcomes of the quality rules of ${args.dataset}.`,
        retain: args.retain,
    };
}

export function goldTableArgs(
    args: DataPipelineArgs,
    places: Places,
    databaseName: pulumi.Input<string>,
): LakeTableArgs[] {
    return (args.gold ?? []).map((table) => ({
        databaseName,
        tableName: table.name,
        location: pulumi.interpolate`${places.gold}${table.name}/`,
        columns: table.columns,
        // In the table's own order, in which the job writes its folders.
        partitionKeys: table.partitionKeys
            .flatMap((key) => args.partitionKeys.filter(({ name }) => name === key))
            .map(({ name, type, expression }) => ({ name, type, comment: expression })),
        description: table.description,
        retain: args.retain,
    }));
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
        processedTable: catalog.quarantineTable,
        processedLocation: places.quarantine,
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
        libraryPath: args.libraryPath ?? ownLibrary(),
        pythonModules: args.pythonModules ?? (args.libraryPath === undefined ? libraryModules : undefined),
        wheelsPath: args.wheelsPath,
        scriptsBucket: args.scriptsBucket,
        arguments: {
            "--contract": contract,
            "--source": places.raw,
            "--target": places.silver,
            "--quarantine": places.quarantine,
            "--reports": places.reports,
            "--quality": places.quality,
            "--staging": places.staging,
            "--state": places.state,
            ...(places.gold === undefined ? {} : { "--gold": places.gold }),
            "--database": catalog.databaseName,
            "--table": catalog.tableName,
            ...(args.tableFormat === TableFormat.Iceberg ? icebergArguments : {}),
        },
        readLocations: [contract, places.raw],
        writeLocations: [
            places.silver,
            places.quarantine,
            places.reports,
            places.quality,
            places.staging,
            places.state,
            ...(places.gold === undefined ? [] : [places.gold]),
        ],
        tableArns: [catalog.tableArn, ...catalog.goldArns],
        icebergTableArns: args.tableFormat === TableFormat.Iceberg ? [catalog.tableArn] : undefined,
        metricNamespace: jobMetricNamespace,
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

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-format-iceberg.html */
const icebergArguments = {
    "--datalake-formats": "iceberg",
    "--conf": "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
};

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
        preparedStatements: args.preparedStatements,
        forceDestroy: args.forceDestroy,
    };
}

export function hasRules(args: DataPipelineArgs): boolean {
    return (args.qualityRules ?? []).length > 0;
}

export function hasGold(args: DataPipelineArgs): boolean {
    return (args.gold ?? []).length > 0;
}

export function databaseNameOf(name: string, args: DataPipelineArgs): string {
    return args.databaseName ?? name.replaceAll("-", "_");
}
