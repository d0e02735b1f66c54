import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { identityOf } from "./identity";
import { durationAlarm, freshnessAlarm, scanAlarm } from "./pipelineMonitoringAlarms";
import { checkMonitoring } from "./pipelineMonitoringCheck";
import { chunked, dashboardBody } from "./pipelineMonitoringDashboard";
import {
    eventMessage,
    eventPattern,
    failureKinds,
    pipelinesPerRule,
    type FailureKind,
    type PipelineNames,
} from "./pipelineMonitoringEvents";
import { createTopic } from "./pipelineMonitoringTopic";

export interface MonitoredPipeline {
    /** What the pipeline makes: its name in alarms, messages and on the dashboard. */
    dataset: string;
    /** Name of the Glue job. */
    jobName: pulumi.Input<string>;
    /** Name of the crawler of raw files. */
    rawCrawler: pulumi.Input<string>;
    /** Name of the crawler of the processed table. */
    processedCrawler: pulumi.Input<string>;
    /** Name of the Athena workgroup, which publishes metrics. */
    workgroupName: pulumi.Input<string>;
    /** GiB that all queries of a UTC day may scan before an alarm. @default 1024 (about 5 USD) */
    scannedGiBPerDay?: number;
    /** Minutes that all runs of the job may take in a UTC day before an alarm. @default 240 */
    jobMinutesPerDay?: number;
    /**
     * Hours without a run that succeeded before an alarm, 1 to 168; it is raised until the first run has succeeded.
     * The job needs `--enable-observability-metrics`.
     * @default no alarm, as for jobs that run on demand
     */
    freshnessHours?: number;
}

export interface BudgetTag {
    /** Key of a cost allocation tag that is active in the account. */
    key: string;
    /** Value of the lake's resources. */
    value: string;
}

export interface PipelineMonitoringArgs {
    /** Pipelines to watch, at most 120. */
    pipelines: MonitoredPipeline[];
    /** Addresses that get every message, once each has confirmed its subscription. @default none */
    emails?: string[];
    /**
     * ARN of an SNS topic of yours that lets EventBridge, CloudWatch and AWS Budgets publish.
     * @default an encrypted topic is created
     */
    topicArn?: pulumi.Input<string>;
    /**
     * ARN of a KMS key of yours for the created topic; its policy must let EventBridge, CloudWatch and AWS Budgets use it.
     * @default a key is created, which rotates each year
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** USD a month above which the budget tells: 80 % spent, 100 % forecast. @default no budget */
    monthlyBudgetUsd?: number;
    /** Tag of the resources whose cost the budget counts. @default all of Glue, Athena and S3 in the account */
    budgetTag?: BudgetTag;
}

/**
 * Watches the pipelines of one lake, and tells people by an SNS topic.
 *
 * CloudWatch has no metric of failed Glue runs that is always there, so failures are told by events. Events are delivered
 * at least once where AWS can (best effort); the freshness alarm is the net below them.
 *
 * Enforces the following:
 * - every end of a job but success is told: failed, timed out, stopped or in error
 * - every crawl that failed is told
 * - every query that failed is told
 * - every data quality result that failed is told
 * - a message says what failed, why, and where to look
 * - the queries of a day that scan more than `scannedGiBPerDay` raise an alarm, however they ended
 * - a job that runs longer than `jobMinutesPerDay` in a day raises an alarm
 * - with `freshnessHours`, that many hours without a run that succeeded raise an alarm, also when nothing ran at all
 * - every alarm tells when it is raised and when it is over
 * - a created topic takes messages only from EventBridge, and from alarms and budgets of this account, over TLS
 * - a created topic is encrypted by a customer managed key that the publishers may use
 * - one dashboard shows every alarm and every pipeline
 * - with `monthlyBudgetUsd`, 80 % spent and 100 % forecast are told
 */
export class PipelineMonitoring extends pulumi.ComponentResource {
    /** ARN of the topic that gets every message. */
    public readonly topicArn: pulumi.Output<string>;
    /** Name of the dashboard: the component's. */
    public readonly dashboardName: pulumi.Output<string>;
    /** Names of the alarms. */
    public readonly alarmNames: pulumi.Output<string[]>;

    constructor(name: string, args: PipelineMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:PipelineMonitoring", name, args, opts);
        checkMonitoring(name, args);

        const rules = chunked(args.pipelines, pipelinesPerRule).flatMap((pipelines, index) =>
            Object.entries(failureKinds).map(([key, kind]) => ({
                kind,
                name: `${name}-${key}-failed-${index}`,
                rule: this.createRule(`${name}-${key}-failed-${index}`, kind, pipelines),
            })),
        );
        const region = rules[0]!.rule.region;
        this.topicArn = pulumi.output(args.topicArn ?? createTopic(`${name}-topic`, region, args.kmsKeyArn, this));
        const { partition } = identityOf(this);
        for (const { name: ruleName, kind, rule } of rules) {
            new aws.cloudwatch.EventTarget(
                `${ruleName}-target`,
                {
                    rule: rule.name,
                    arn: this.topicArn,
                    inputTransformer: partition.apply((part) => eventMessage(kind, part)),
                },
                { parent: this },
            );
        }
        for (const email of args.emails ?? []) {
            new aws.sns.TopicSubscription(
                `${name}-to-${email}`,
                { topic: this.topicArn, protocol: "email", endpoint: email },
                { parent: this },
            );
        }
        const alarms = args.pipelines.flatMap((pipeline) => this.createAlarms(name, pipeline));
        this.alarmNames = pulumi.all(alarms.map((alarm) => alarm.name));
        this.dashboardName = this.createDashboard(name, args.pipelines, alarms, region);
        if (args.monthlyBudgetUsd !== undefined) {
            this.createBudget(name, args.monthlyBudgetUsd, args.budgetTag);
        }
        this.registerOutputs({
            topicArn: this.topicArn,
            dashboardName: this.dashboardName,
            alarmNames: this.alarmNames,
        });
    }

    private createRule(
        name: string,
        kind: FailureKind,
        pipelines: readonly MonitoredPipeline[],
    ): aws.cloudwatch.EventRule {
        const eventPatternOf = pulumi
            .all(pipelines.map(namesOf))
            .apply((names: PipelineNames[]) => eventPattern(kind, names));
        return new aws.cloudwatch.EventRule(
            name,
            { description: kind.description, eventPattern: eventPatternOf },
            { parent: this },
        );
    }

    private createAlarms(name: string, pipeline: MonitoredPipeline): aws.cloudwatch.MetricAlarm[] {
        const { dataset, jobName, workgroupName, freshnessHours } = pipeline;
        const planned = {
            scan: scanAlarm(dataset, workgroupName, pipeline.scannedGiBPerDay ?? 1024),
            duration: durationAlarm(dataset, jobName, pipeline.jobMinutesPerDay ?? 240),
            freshness: freshnessHours === undefined ? undefined : freshnessAlarm(dataset, jobName, freshnessHours),
        };
        return Object.entries(planned).flatMap(([kind, alarm]) =>
            alarm === undefined
                ? []
                : [
                      new aws.cloudwatch.MetricAlarm(
                          `${name}-${dataset}-${kind}`,
                          {
                              ...alarm,
                              name: `${name}-${dataset}-${kind}`,
                              alarmActions: [this.topicArn],
                              okActions: [this.topicArn],
                          },
                          { parent: this },
                      ),
                  ],
        );
    }

    private createDashboard(
        name: string,
        pipelines: readonly MonitoredPipeline[],
        alarms: readonly aws.cloudwatch.MetricAlarm[],
        region: pulumi.Input<string>,
    ): pulumi.Output<string> {
        const named = pulumi.all(
            pipelines.map((pipeline) => namesOf(pipeline).apply((names) => ({ ...names, dataset: pipeline.dataset }))),
        );
        const dashboard = new aws.cloudwatch.Dashboard(
            `${name}-dashboard`,
            {
                dashboardName: name,
                dashboardBody: pulumi
                    .all([named, pulumi.all(alarms.map((alarm) => alarm.arn)), region])
                    .apply(([each, arns, where]) => dashboardBody(each, arns, where)),
            },
            { parent: this },
        );
        return dashboard.dashboardName;
    }

    private createBudget(name: string, usd: number, tag: BudgetTag | undefined): void {
        const told = (notificationType: string, threshold: number) => ({
            notificationType,
            threshold,
            thresholdType: "PERCENTAGE",
            comparisonOperator: "GREATER_THAN",
            subscriberSnsTopicArns: [this.topicArn],
        });
        new aws.budgets.Budget(
            `${name}-budget`,
            {
                name: `${name}-budget`,
                budgetType: "COST",
                timeUnit: "MONTHLY",
                limitAmount: String(usd),
                limitUnit: "USD",
                costFilters: [
                    tag === undefined
                        ? { name: "Service", values: ["AWS Glue", "Amazon Athena", "Amazon Simple Storage Service"] }
                        : { name: "TagKeyValue", values: [`user:${tag.key}$${tag.value}`] },
                ],
                notifications: [told("ACTUAL", 80), told("FORECASTED", 100)],
            },
            { parent: this },
        );
    }
}

function namesOf(pipeline: MonitoredPipeline): pulumi.Output<PipelineNames> {
    const { jobName, rawCrawler, processedCrawler, workgroupName } = pipeline;
    return pulumi.output({ jobName, rawCrawler, processedCrawler, workgroupName });
}
