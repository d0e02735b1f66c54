/** What watches a lake and who may use it: monitoring, audit trail, permissions. Each is there where the settings ask for it. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AuditTrail, LakePermissions, LakeZone, PipelineMonitoring } from "../components";
import type { DataLakeBuckets, DataPipeline, LakePrincipal } from "../components";
import type { DatasetContract } from "../datasets";
import type { LakeChoices } from "./lake";
import type { Settings } from "./settings";

/** A dataset with its deployed pipeline. */
export interface DeployedDataset {
    readonly contract: DatasetContract;
    readonly pipeline: DataPipeline;
}

export function oversee(
    lakeName: string,
    { settings, forceDestroy, retain }: LakeChoices,
    buckets: DataLakeBuckets,
    deployed: readonly DeployedDataset[],
    opts: pulumi.ComponentResourceOptions,
): void {
    if (settings.monitoring) {
        watch(lakeName, settings, deployed, opts);
    }
    if (settings.auditTrail) {
        const { bronze, silver, gold, kmsKeyArn } = buckets;
        new AuditTrail(`${lakeName}-audit`, { buckets: [bronze, silver, gold], kmsKeyArn, forceDestroy, retain }, opts);
    }
    if (settings.lakeFormation) {
        permit(lakeName, settings, buckets, deployed, opts);
    }
}

function watch(
    lakeName: string,
    settings: Settings,
    deployed: readonly DeployedDataset[],
    opts: pulumi.ComponentResourceOptions,
): void {
    new PipelineMonitoring(
        `${lakeName}-monitoring`,
        {
            pipelines: deployed.map(({ contract, pipeline }) => ({
                dataset: contract.name,
                jobName: pipeline.jobName,
                rawCrawler: pipeline.rawCrawler,
                processedCrawler: pipeline.processedCrawler,
                workgroupName: pipeline.workgroupName,
                // A job that runs on demand is not late.
                freshnessHours: settings.etlSchedule === undefined ? undefined : contract.freshnessHours,
            })),
            emails: [...settings.alarmEmails],
            monthlyBudgetUsd: settings.monthlyBudgetUsd > 0 ? settings.monthlyBudgetUsd : undefined,
            budgetTag: { key: "lakeworks:stack", value: settings.stack },
        },
        opts,
    );
}

function permit(
    lakeName: string,
    settings: Settings,
    { bronze, silver, gold, kmsKeyArn }: DataLakeBuckets,
    deployed: readonly DeployedDataset[],
    opts: pulumi.ComponentResourceOptions,
): void {
    // Whoever deploys must be an administrator to grant; of an assumed role, Lake Formation wants the role itself.
    const caller = aws.getCallerIdentityOutput({});
    const deployer = aws.iam.getSessionContextOutput({ arn: caller.arn }).issuerArn;
    new LakePermissions(
        `${lakeName}-permissions`,
        {
            locations: [
                { zone: LakeZone.Bronze, bucket: bronze },
                { zone: LakeZone.Silver, bucket: silver },
                { zone: LakeZone.Gold, bucket: gold },
            ],
            databases: deployed.map(({ contract, pipeline }) => ({
                dataset: contract.name,
                databaseName: pipeline.databaseName,
                // Quarantined records are raw data, and so of the bronze zone.
                tables: [
                    { name: contract.name, zone: LakeZone.Silver, table: pipeline.table },
                    { name: `${contract.name}_quality`, zone: LakeZone.Silver, table: pipeline.qualityTable },
                    ...(contract.gold ?? []).map(({ name }, index) => ({
                        name,
                        zone: LakeZone.Gold,
                        table: pipeline.goldTables.apply((tables) => tables[index] ?? name),
                    })),
                ],
            })),
            admins: [deployer, ...settings.lakeAdmins],
            readers: settings.lakeReaders.map(principal),
            writers: deployed.flatMap(({ contract, pipeline }) => [
                writer(contract.name, "job", pipeline.jobRoleArn),
                writer(contract.name, "raw-crawler", pipeline.rawCrawlerRoleArn),
                writer(contract.name, "processed-crawler", pipeline.processedCrawlerRoleArn),
            ]),
            kmsKeyArn,
        },
        opts,
    );
}

function principal(arn: string): LakePrincipal {
    return {
        name: arn
            .split("/")
            .at(-1)!
            .replaceAll(/[^a-zA-Z0-9-]/g, "-"),
        arn,
    };
}

function writer(dataset: string, noun: string, arn: pulumi.Output<string>): LakePrincipal {
    return { name: `${dataset.replaceAll("_", "-")}-${noun}`, arn, datasets: [dataset] };
}
