/**
 * What a lake of many datasets meets in AWS: quotas with what one dataset of `prod` takes of each. tests/scale counts the
 * latter in the program; the quotas are those of a new account, as AWS's pages had them in November 2026.
 */
import { alarmsPerDataset, rolesPerDataset } from "./shape";
import { mostPipelines } from "../../components/pipelineMonitoringDashboard";
import { failureKinds, pipelinesPerRule } from "../../components/pipelineMonitoringEvents";

export interface Quota {
    readonly what: string;
    readonly limit: number;
    /** Whether AWS raises it on request. */
    readonly adjustable: boolean;
    /** How many of them each dataset takes. */
    readonly perDataset: number;
    readonly source: string;
}

const gr = (page: string) => `https://docs.aws.amazon.com/general/latest/gr/${page}.html`;

export const quotas: readonly Quota[] = [
    {
        what: "rows of the monitoring dashboard (500 widgets)",
        limit: mostPipelines,
        adjustable: false,
        perDataset: 1,
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
    },
    { what: "security configurations of Glue", limit: 250, adjustable: true, perDataset: 1, source: gr("glue") },
    {
        what: "IAM roles of an account",
        limit: 1000,
        adjustable: true,
        perDataset: rolesPerDataset,
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    },
    {
        what: "rules of an event bus",
        limit: 300,
        adjustable: true,
        perDataset: Object.keys(failureKinds).length / pipelinesPerRule,
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
    },
    { what: "crawlers of an account", limit: 1000, adjustable: true, perDataset: 2, source: gr("glue") },
    { what: "jobs of an account", limit: 1000, adjustable: true, perDataset: 1, source: gr("glue") },
    {
        what: "workgroups of a region",
        limit: 1000,
        adjustable: false,
        perDataset: 1,
        source: "https://docs.aws.amazon.com/athena/latest/ug/service-limits.html",
    },
    {
        what: "values of an LF-tag",
        limit: 1000,
        adjustable: false,
        perDataset: 1,
        source: "https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_LFTag.html",
    },
    {
        what: "CloudWatch alarms of a region",
        limit: 5000,
        adjustable: true,
        perDataset: alarmsPerDataset,
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
    },
    { what: "databases of an account", limit: 10_000, adjustable: true, perDataset: 1, source: gr("glue") },
];

/** Datasets for which the quota is enough. */
export function datasetsWithin({ limit, perDataset }: Quota): number {
    return Math.floor(limit / perDataset + 1e-9);
}

/** The quotas in the order in which a growing lake meets them. */
export function byFirstMet(): Quota[] {
    return [...quotas].sort((a, b) => datasetsWithin(a) - datasetsWithin(b));
}
