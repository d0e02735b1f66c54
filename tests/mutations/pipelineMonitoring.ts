import type { Mutation } from "./mutation";

const events = "pipelineMonitoringEvents.ts";
const alarms = "pipelineMonitoringAlarms.ts";
const topic = "pipelineMonitoringTopic.ts";
const scan = "the queries of a day that scan more than scannedGiBPerDay raise an alarm, however they ended";
const duration = "a job that runs longer than jobMinutesPerDay in a day raises an alarm";
const freshness =
    "with freshnessHours, that many hours without a run that succeeded raise an alarm, also when nothing ran at all";
const publishers =
    "a created topic takes messages only from EventBridge, and from alarms and budgets of this account, over TLS";
const encrypted = "a created topic is encrypted by a customer managed key that the publishers may use";
const message = "a message says what failed, why, and where to look";
const shown = "one dashboard shows every alarm and every pipeline";
const budget = "with monthlyBudgetUsd, 80 % spent and 100 % forecast are told";

export const mutations: Mutation[] = [
    ...["ERROR", "FAILED", "STOPPED", "TIMEOUT"].map((state) => ({
        breaks: "every end of a job but success is told: failed, timed out, stopped or in error",
        file: events,
        replace: `"${state}"`,
        by: '"SUCCEEDED"',
    })),
    { breaks: "every crawl that failed is told", file: events, replace: 'state: ["Failed"]', by: 'state: ["FAILED"]' },
    {
        breaks: "every crawl that failed is told",
        file: events,
        replace: "[rawCrawler, processedCrawler]",
        by: "[processedCrawler]",
    },
    { breaks: "every query that failed is told", file: events, replace: 'currentState: ["FAILED"],', by: "" },
    {
        breaks: "every data quality result that failed is told",
        file: events,
        replace: "aws.glue-dataquality",
        by: "aws.glue",
    },
    { breaks: message, file: events, replace: " Error: <error>.", by: "" },
    { breaks: message, file: events, replace: 'run: "$.detail.jobRunId",', by: "" },
    { breaks: message, file: events, replace: " See https://${consoleHost(partition)}/${kind.page}", by: "" },
    { breaks: scan, file: alarms, replace: "threshold: gib * 1024 ** 3", by: "threshold: gib * 1024 ** 2" },
    { breaks: scan, file: alarms, replace: '"SUCCEEDED", "FAILED", "CANCELED"', by: '"SUCCEEDED", "FAILED"' },
    { breaks: scan, file: alarms, replace: 'QueryType: "DML", ', by: "" },
    { breaks: scan, file: "pipelineMonitoring.ts", replace: "pipeline.scannedGiBPerDay ?? 1024", by: "1024" },
    { breaks: duration, file: alarms, replace: "threshold: minutes * 60_000", by: "threshold: minutes * 60" },
    { breaks: duration, file: alarms, replace: 'statistic: "Sum"', by: 'statistic: "Maximum"' },
    { breaks: duration, file: alarms, replace: 'JobRunId: "ALL", Type', by: "Type" },
    {
        breaks: freshness,
        file: alarms,
        replace: 'treatMissingData: "breaching"',
        by: 'treatMissingData: "notBreaching"',
    },
    { breaks: freshness, file: alarms, replace: "evaluationPeriods: hours", by: "evaluationPeriods: 1" },
    { breaks: freshness, file: alarms, replace: "mostFreshnessHours = 168", by: "mostFreshnessHours = 720" },
    { breaks: freshness, file: "pipelineMonitoring.ts", replace: "freshnessHours === undefined ?", by: "true ?" },
    ...["alarmActions", "okActions"].map((actions) => ({
        breaks: "every alarm tells when it is raised and when it is over",
        file: "pipelineMonitoring.ts",
        replace: `${actions}: [this.topicArn],`,
        by: "",
    })),
    { breaks: publishers, file: topic, replace: '"aws:SecureTransport": "false"', by: '"aws:SecureTransport": "true"' },
    { breaks: publishers, file: topic, replace: '{ ArnLike: { "aws:SourceArn": sourceArn }, ', by: "{ " },
    { breaks: publishers, file: topic, replace: ', StringEquals: { "aws:SourceAccount": accountId } }', by: " }" },
    {
        breaks: publishers,
        file: topic,
        replace: 'publisher("Events", "events.amazonaws.com")',
        by: 'publisher("Events", "lambda.amazonaws.com")',
    },
    { breaks: encrypted, file: topic, replace: "{ kmsMasterKeyId: key }", by: "{}" },
    { breaks: encrypted, file: topic, replace: '"kms:GenerateDataKey*"', by: '"kms:Encrypt"' },
    { breaks: encrypted, file: topic, replace: "kmsKeyArn ??", by: "" },
    {
        breaks: shown,
        file: "pipelineMonitoringDashboard.ts",
        replace: "[...alarms, ...graphs]",
        by: "graphs",
    },
    {
        breaks: shown,
        file: "pipelineMonitoringDashboard.ts",
        replace: "pipelines.flatMap((pipeline, row)",
        by: "pipelines.slice(1).flatMap((pipeline, row)",
    },
    { breaks: budget, file: "pipelineMonitoring.ts", replace: 'told("ACTUAL", 80), ', by: "" },
    {
        breaks: budget,
        file: "pipelineMonitoring.ts",
        replace: 'told("FORECASTED", 100)',
        by: 'told("FORECASTED", 200)',
    },
    { breaks: budget, file: "pipelineMonitoring.ts", replace: "limitAmount: String(usd)", by: 'limitAmount: "100"' },
];
