/** The lake: the buckets, one pipeline per dataset, and what guards them. What an environment chooses comes in; nothing here knows which it is. */
import * as pulumi from "@pulumi/pulumi";
import { BucketEvents, DataLakeBuckets, outputsVersion, RecrawlBehavior } from "../components";
import type { DatasetOutputs, DataPipeline, LakeOutputs } from "../components";
import { datasets, type LoadedDataset } from "../datasets";
import { deployDataset } from "./dataset";
import { networkOf } from "./network";
import { oversee } from "./oversight";
import type { Settings } from "./settings";
import { tagged, tagsOf } from "./tags";

export interface LakeChoices {
    readonly settings: Settings;
    /** Buckets and workgroups go with all they hold. */
    readonly forceDestroy: boolean;
    /** Buckets, key, databases and tables are protected, and outlive the stack. */
    readonly retain: boolean;
}

/** @param all the datasets that the lake has. */
export function deployLake(choices: LakeChoices, all: readonly LoadedDataset[] = datasets): pulumi.Output<LakeOutputs> {
    const { settings, forceDestroy, retain } = choices;
    const lakeName = `lakeworks-${settings.stack}`;
    const opts = { transformations: [tagged(tagsOf(settings))] };
    const buckets = new DataLakeBuckets(
        lakeName,
        { encryption: settings.encryption, kmsKeyArn: settings.kmsKeyArn, forceDestroy, retain },
        opts,
    );
    const shared = { lakeName, buckets, network: networkOf(lakeName, settings, buckets, opts) };
    const deployed = all.map((dataset) => ({
        contract: dataset.contract,
        pipeline: deployDataset(dataset, shared, choices),
    }));
    if (settings.rawRecrawl === RecrawlBehavior.Events) {
        const queues = deployed.map(({ contract, pipeline }) => ({
            queueArn: pipeline.eventQueueArn!,
            prefix: `${contract.name}/`,
        }));
        new BucketEvents(`${lakeName}-bronze-events`, { bucket: buckets.bronze, queues }, opts);
    }
    oversee(lakeName, choices, buckets, deployed, opts);
    return pulumi.output({
        version: outputsVersion,
        region: buckets.region,
        kmsKeyArn: buckets.kmsKeyArn,
        buckets: {
            bronze: buckets.bronze,
            silver: buckets.silver,
            gold: buckets.gold,
            scripts: buckets.scripts,
            athenaResults: buckets.athenaResults,
            accessLogs: buckets.accessLogs,
        },
        datasets: Object.fromEntries(deployed.map(({ contract, pipeline }) => [contract.name, outputsOf(pipeline)])),
    });
}

function outputsOf(pipeline: DataPipeline): pulumi.Output<DatasetOutputs> {
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
        preparedStatements: pipeline.preparedStatementNames,
    });
}
