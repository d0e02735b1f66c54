/** The lake: the buckets and one pipeline per dataset. What an environment chooses comes in; nothing here knows which it is. */
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DataLakeBuckets, DataPipeline } from "../components";
import { stableJson } from "../components/json";
import { datasets, type Column, type LoadedDataset, type PartitionColumn } from "../datasets";
import { outputsVersion, type DatasetOutputs, type LakeOutputs } from "./outputs";
import type { Settings } from "./settings";
import { tagged, type Tags } from "./tags";

export interface LakeChoices {
    readonly settings: Settings;
    /** Buckets and workgroups go with all they hold. */
    readonly forceDestroy: boolean;
    /** Buckets, key, databases and tables are protected, and outlive the stack. */
    readonly retain: boolean;
}

const root = path.resolve(__dirname, "..");

/** Paths in a component's arguments are kept in the stack's state: relative ones are the same on every machine. */
function fromWorkingFolder(...parts: string[]): string {
    return path.relative(process.cwd(), path.join(root, ...parts));
}

export function deployLake(choices: LakeChoices): pulumi.Output<LakeOutputs> {
    const { settings } = choices;
    const lakeName = `lakeworks-${settings.stack}`;
    const buckets = new DataLakeBuckets(
        lakeName,
        {
            encryption: settings.encryption,
            kmsKeyArn: settings.kmsKeyArn,
            forceDestroy: choices.forceDestroy,
            retain: choices.retain,
        },
        { transformations: [tagged(tagsOf(settings))] },
    );
    const outputs = datasets.map((dataset): [string, pulumi.Output<DatasetOutputs>] => [
        dataset.contract.name,
        deployDataset(lakeName, dataset, buckets, choices),
    ]);
    return pulumi.output({
        version: outputsVersion,
        region: buckets.region,
        buckets: {
            bronze: buckets.bronze,
            silver: buckets.silver,
            gold: buckets.gold,
            scripts: buckets.scripts,
            athenaResults: buckets.athenaResults,
            accessLogs: buckets.accessLogs,
        },
        datasets: Object.fromEntries(outputs),
    });
}

function deployDataset(
    lakeName: string,
    { contract, queries }: LoadedDataset,
    buckets: DataLakeBuckets,
    { settings, forceDestroy, retain }: LakeChoices,
): pulumi.Output<DatasetOutputs> {
    const pipeline = new DataPipeline(
        `${lakeName}-${contract.name.replaceAll("_", "-")}`,
        {
            dataset: contract.name,
            description: contract.description,
            columns: contract.columns.map(catalogColumn),
            partitionKeys: contract.partitions.map(catalogKey),
            contract: stableJson(contract),
            scriptPath: fromWorkingFolder("glue-scripts", `${contract.name}.py`),
            libraryPath: fromWorkingFolder("glue-scripts", "lakeworks"),
            bronzeBucket: buckets.bronze,
            silverBucket: buckets.silver,
            scriptsBucket: buckets.scripts,
            resultsBucket: buckets.athenaResults,
            kmsKeyArn: buckets.kmsKeyArn,
            namedQueries: queries.map(({ name, title, sql }) => ({ name, description: title, sql })),
            glueVersion: settings.glueVersion,
            workerType: settings.workerType,
            numberOfWorkers: settings.numberOfWorkers,
            timeoutMinutes: settings.timeoutMinutes,
            maxRetries: settings.maxRetries,
            logRetentionDays: settings.logRetentionDays,
            etlSchedule: settings.etlSchedule,
            rawCrawlSchedule: settings.rawCrawlSchedule,
            processedCrawlSchedule: settings.processedCrawlSchedule,
            bytesScannedCutoff: settings.bytesScannedCutoffMiB * 1024 ** 2,
            forceDestroy,
            retain,
        },
        { transformations: [tagged({ ...tagsOf(settings), "lakeworks:dataset": contract.name })] },
    );
    return pulumi.output({
        database: pipeline.databaseName,
        rawTable: pipeline.rawTable,
        table: pipeline.table,
        rawCrawler: pipeline.rawCrawler,
        processedCrawler: pipeline.processedCrawler,
        job: pipeline.jobName,
        workgroup: pipeline.workgroupName,
        rawLocation: pipeline.rawLocation,
        silverLocation: pipeline.silverLocation,
        quarantineLocation: pipeline.quarantineLocation,
        reportsLocation: pipeline.reportsLocation,
        namedQueries: pipeline.namedQueryIds,
    });
}

function catalogColumn({ name, type, description }: Column) {
    return { name, type, comment: description };
}

function catalogKey({ name, type, expression }: PartitionColumn) {
    return { name, type, comment: expression };
}

function tagsOf({ stack, environment, owner }: Settings): Tags {
    return {
        "lakeworks:stack": stack,
        "lakeworks:environment": environment,
        "lakeworks:owner": owner,
    };
}
