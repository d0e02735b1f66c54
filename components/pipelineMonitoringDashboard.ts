/** The lake's dashboard as a document: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
import { stableJson } from "./json";
import { elapsedTime, jobFigure, scannedBytes, scanningStates, succeededRuns } from "./pipelineMonitoringAlarms";

export interface DashboardPipeline {
    readonly dataset: string;
    readonly jobName: string;
    readonly workgroupName: string;
}

interface Metric {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, unknown>>;
}

/** A dashboard has at most 500 widgets, and each alarm widget at most 100 alarms. */
const alarmsPerWidget = 100;
/** The dashboard is 24 columns wide: four graphs for each pipeline. */
const columns = 24;
const graphWidth = 6;
const graphHeight = 5;
const alarmsHeight = 3;

/** With four graphs each, and the alarms of all above them, more would not fit into 500 widgets. */
export const mostPipelines = 120;

/** All alarms at the top, then a row of graphs for each pipeline. */
export function dashboardBody(
    pipelines: readonly DashboardPipeline[],
    alarmArns: readonly string[],
    region: string,
): string {
    const alarms = chunked(alarmArns, alarmsPerWidget).map((arns, row) => ({
        type: "alarm",
        x: 0,
        y: row * alarmsHeight,
        width: columns,
        height: alarmsHeight,
        properties: { title: "Alarms", alarms: arns },
    }));
    const top = alarms.length * alarmsHeight;
    const graphs = pipelines.flatMap((pipeline, row) =>
        graphsOf(pipeline, region).map((properties, column) => ({
            type: "metric",
            x: column * graphWidth,
            y: top + row * graphHeight,
            width: graphWidth,
            height: graphHeight,
            properties,
        })),
    );
    return stableJson({ widgets: [...alarms, ...graphs] });
}

function graphsOf({ dataset, jobName, workgroupName }: DashboardPipeline, region: string): object[] {
    const sums = { region, stat: "Sum", view: "timeSeries" };
    return [
        {
            ...sums,
            title: `${dataset}: job time (ms)`,
            period: 300,
            metrics: [row(elapsedTime(jobName), "run time")],
        },
        {
            ...sums,
            title: `${dataset}: runs that succeeded`,
            period: 3600,
            metrics: [row(succeededRuns(jobName), "runs")],
        },
        {
            ...sums,
            title: `${dataset}: rows and records`,
            period: 3600,
            metrics: [
                row(jobFigure(dataset, "RowsPublished"), "published"),
                row(jobFigure(dataset, "DuplicatesDropped"), "duplicates"),
                row(jobFigure(dataset, "RecordsQuarantined"), "quarantined"),
                row(jobFigure(dataset, "QualityRulesFailed"), "rules failed"),
            ],
        },
        {
            ...sums,
            title: `${dataset}: bytes scanned`,
            period: 3600,
            stacked: true,
            metrics: scanningStates.map((state) => row(scannedBytes(workgroupName, state), state.toLowerCase())),
        },
    ];
}

/** A metric as dashboards write it: namespace, name, then names and values of the dimensions in turn. */
function row({ namespace, metricName, dimensions }: Metric, label: string): unknown[] {
    return [namespace, metricName, ...Object.entries<unknown>(dimensions).flat(), { label }];
}

export function chunked<T>(items: readonly T[], size: number): T[][] {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
        items.slice(index * size, (index + 1) * size),
    );
}
