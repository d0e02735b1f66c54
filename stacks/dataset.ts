/** One dataset of the lake: its contract, in the words of a pipeline's arguments. */
import * as path from "node:path";
import { DataPipeline, type DataLakeBuckets, type JobNetwork } from "../components";
import type { Column, LoadedDataset } from "../datasets";
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
    { contract, queries, jobScript }: LoadedDataset,
    { lakeName, buckets, network }: SharedParts,
    { settings, forceDestroy, retain }: LakeChoices,
): DataPipeline {
    return new DataPipeline(
        `${lakeName}-${contract.name.replaceAll("_", "-")}`,
        {
            dataset: contract.name,
            description: contract.description,
            columns: contract.columns.map(pipelineColumn),
            partitionKeys: contract.partitions.map(({ name, type, expression }) => ({ name, type, expression })),
            businessKey: [...contract.businessKey],
            eventTime: contract.eventTime,
            rawFormat: contract.raw.format,
            arrivalKey: contract.raw.arrivalKey,
            rowRules: [...contract.rowRules],
            qualityRules: [...contract.quality.rules],
            onQualityFailure: contract.quality.onFailure,
            targetFileMiB: contract.targetFileMiB,
            // Kept in the stack's state: relative, it is the same on every machine.
            scriptPath: jobScript === undefined ? undefined : path.relative(process.cwd(), jobScript),
            bronzeBucket: buckets.bronze,
            silverBucket: buckets.silver,
            scriptsBucket: buckets.scripts,
            resultsBucket: buckets.athenaResults,
            kmsKeyArn: buckets.kmsKeyArn,
            namedQueries: queries.map(({ name, title, sql }) => ({ name, description: title, sql })),
            glueVersion: settings.glueVersion,
            workerType: settings.workerType,
            numberOfWorkers: settings.numberOfWorkers,
            autoScaling: settings.autoScaling,
            executionClass: settings.executionClass,
            timeoutMinutes: settings.timeoutMinutes,
            maxRetries: settings.maxRetries,
            logRetentionDays: settings.logRetentionDays,
            network,
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

function pipelineColumn({ name, type, description, nullable, source, expression }: Column) {
    return { name, type, comment: description, nullable, source, expression };
}
