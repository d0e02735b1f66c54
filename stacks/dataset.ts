/** One dataset of the lake: its contract, in the words of a pipeline's arguments. */
import * as path from "node:path";
import { DataPipeline, TableFormat, type DataLakeBuckets, type JobNetwork } from "../components";
import { statementName, type Column, type LoadedDataset } from "../datasets";
import { loadToolchain } from "../tools/toolchain";
import type { LakeChoices } from "./lake";
import { tagged, tagsOf } from "./tags";

/** What the datasets of a lake share. */
export interface SharedParts {
    readonly lakeName: string;
    readonly buckets: DataLakeBuckets;
    /** Undefined = the jobs run outside a VPC. */
    readonly network: JobNetwork | undefined;
}

export function deployDataset(
    loaded: LoadedDataset,
    { lakeName, buckets, network }: SharedParts,
    { settings, forceDestroy, retain }: LakeChoices,
): DataPipeline {
    const { contract, queries, jobScript } = loaded;
    return new DataPipeline(
        `${lakeName}-${contract.name.replaceAll("_", "-")}`,
        {
            ...datasetArgs(loaded),
            // Kept in the stack's state: relative, it is the same on every machine.
            scriptPath: jobScript === undefined ? undefined : path.relative(process.cwd(), jobScript),
            bronzeBucket: buckets.bronze,
            silverBucket: buckets.silver,
            goldBucket: buckets.gold,
            scriptsBucket: buckets.scripts,
            resultsBucket: buckets.athenaResults,
            kmsKeyArn: buckets.kmsKeyArn,
            namedQueries: queries
                .filter((query) => query.placeholders.length === 0)
                .map(({ name, question, sql }) => ({ name, description: question, sql })),
            preparedStatements: queries
                .filter((query) => query.placeholders.length > 0)
                .map((query) => ({ name: statementName(query), description: query.question, sql: query.sql })),
            glueVersion: settings.glueVersion,
            workerType: settings.workerType,
            numberOfWorkers: settings.numberOfWorkers,
            autoScaling: settings.autoScaling,
            executionClass: settings.executionClass,
            timeoutMinutes: settings.timeoutMinutes,
            maxRetries: settings.maxRetries,
            logRetentionDays: settings.logRetentionDays,
            network,
            // The network of the lake's own reaches the lake's buckets and no PyPI; one that is there may not either.
            wheelsPath: network && path.relative(process.cwd(), loadToolchain().glueWheels),
            etlSchedule: settings.etlSchedule,
            rawCrawlSchedule: settings.rawCrawlSchedule,
            processedCrawlSchedule: settings.processedCrawlSchedule,
            rawRecrawl: settings.rawRecrawl,
            bytesScannedCutoff: settings.bytesScannedCutoffMiB * 1024 ** 2,
            forceDestroy,
            retain,
        },
        { transformations: [tagged({ ...tagsOf(settings), "lakeworks:dataset": contract.name })] },
    );
}

/** The contract in the words of a pipeline's arguments; what it leaves out is the component's default. */
export function datasetArgs({ contract, gold }: LoadedDataset) {
    return {
        dataset: contract.name,
        description: contract.description,
        columns: contract.columns.map(pipelineColumn),
        partitionKeys: contract.partitions.map(({ name, type, expression }) => ({ name, type, expression })),
        businessKey: [...contract.businessKey],
        eventTime: contract.eventTime,
        rawFormat: contract.raw.format,
        separator: contract.raw.separator,
        rowTag: contract.raw.rowTag,
        arrivalKey: contract.raw.arrivalKey,
        schemaChange: contract.schemaChange,
        duplicatesWithinDays: contract.duplicates?.withinDays,
        sortBy: contract.sortBy && [...contract.sortBy],
        rowRules: [...contract.rowRules],
        maxQuarantinedShare: contract.quarantine?.maxShare,
        qualityRules: [...contract.quality.rules],
        onQualityFailure: contract.quality.onFailure,
        targetFileMiB: contract.targetFileMiB,
        tableFormat:
            contract.tableFormat &&
            { parquet: TableFormat.Parquet, iceberg: TableFormat.Iceberg }[contract.tableFormat],
        gold: gold.map(({ name, description, columns, partitionKeys, sql }) => ({
            name,
            description,
            columns: columns.map((column) => ({ name: column.name, type: column.type, comment: column.description })),
            partitionKeys: [...partitionKeys],
            sql,
        })),
    };
}

function pipelineColumn({ name, type, description, nullable, source, expression }: Column) {
    const [first, ...others] = typeof source === "string" ? [source] : (source ?? []);
    const otherSources = others.length === 0 ? undefined : others;
    return { name, type, comment: description, nullable, source: first, otherSources, expression };
}
