/** The alarms of one pipeline: metrics by their exact names and dimensions, apart from the resources. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { jobMetricNamespace } from "./jobContract";

type Alarm = Omit<aws.cloudwatch.MetricAlarmArgs, "name" | "alarmActions" | "okActions">;

/** States of an Athena query that scans; each has a metric of its own. */
export const scanningStates = ["SUCCEEDED", "FAILED", "CANCELED"] as const;

const daySeconds = 86_400;
const hourSeconds = 3_600;

/**
 * CloudWatch looks back at most seven days, with periods of an hour or longer:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const mostFreshnessHours = 168;

/** https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html: the metric has all three dimensions or none. */
export function scannedBytes(workgroup: pulumi.Input<string>, state: (typeof scanningStates)[number]) {
    return {
        namespace: "AWS/Athena",
        metricName: "ProcessedBytes",
        dimensions: { QueryState: state, QueryType: "DML", WorkGroup: workgroup },
    };
}

/**
 * Run time of the Spark driver in ms, reported as what was added since the last report: only its sum has a meaning.
 * https://docs.aws.amazon.com/glue/latest/dg/monitoring-awsglue-with-cloudwatch-metrics.html
 */
export function elapsedTime(job: pulumi.Input<string>) {
    return {
        namespace: "Glue",
        metricName: "glue.driver.aggregate.elapsedTime",
        dimensions: { JobName: job, JobRunId: "ALL", Type: "count" },
    };
}

/**
 * Runs that succeeded, of jobs with --enable-observability-metrics: https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
 */
export function succeededRuns(job: pulumi.Input<string>) {
    return {
        namespace: "Glue",
        metricName: "glue.succeed.ALL",
        dimensions: { JobName: job, JobRunId: "ALL", ObservabilityGroup: "error", Type: "count" },
    };
}

/** What the job of Lakeworks' own tells of each run that succeeded: glue-scripts/lakeworks/metrics.py. */
export function jobFigure(
    dataset: string,
    metricName: "RowsPublished" | "DuplicatesDropped" | "RecordsQuarantined" | "QualityRulesFailed",
) {
    return { namespace: jobMetricNamespace, metricName, dimensions: { Dataset: dataset } };
}

/** The workgroup's queries of one UTC day have scanned more than `gib` GiB, also those that failed or were cancelled. */
export function scanAlarm(dataset: string, workgroup: pulumi.Input<string>, gib: number): Alarm {
    return {
        alarmDescription: `Queries of ${dataset} scanned more than ${gib} GiB in a day. See the workgroup's recent queries.`,
        comparisonOperator: "GreaterThanThreshold",
        threshold: gib * 1024 ** 3,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        metricQueries: [
            ...scanningStates.map((state) => ({
                id: state.toLowerCase(),
                metric: { ...scannedBytes(workgroup, state), period: daySeconds, stat: "Sum" },
                returnData: false,
            })),
            { id: "scanned", expression: "SUM(METRICS())", label: "Bytes scanned", returnData: true },
        ],
    };
}

/** The job's runs of one UTC day have taken longer than `minutes` together. */
export function durationAlarm(dataset: string, job: pulumi.Input<string>, minutes: number): Alarm {
    return {
        alarmDescription: `The job of ${dataset} ran longer than ${minutes} minutes in a day. See its runs and their metrics.`,
        ...elapsedTime(job),
        statistic: "Sum",
        period: daySeconds,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: minutes * 60_000,
        treatMissingData: "notBreaching",
    };
}

/** No run of the job has succeeded for `hours`: a job that does not even start raises it as well. */
export function freshnessAlarm(dataset: string, job: pulumi.Input<string>, hours: number): Alarm {
    return {
        alarmDescription: `No run of the job of ${dataset} has succeeded for ${hours} hours. See its trigger and its runs.`,
        ...succeededRuns(job),
        statistic: "Sum",
        period: hourSeconds,
        evaluationPeriods: hours,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
    };
}
