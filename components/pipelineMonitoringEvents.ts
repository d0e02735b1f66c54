/** The EventBridge rules that tell of failures: what they match and what they say, apart from the resources. */
import { stableJson } from "./json";

/** Names of what one pipeline is made of. */
export interface PipelineNames {
    readonly jobName: string;
    readonly rawCrawler: string;
    readonly processedCrawler: string;
    readonly workgroupName: string;
}

/** One kind of failure: a rule matches it for several pipelines, and sends one line of text about each event. */
export interface FailureKind {
    readonly description: string;
    readonly source: string;
    readonly detailType: string;
    /** What `detail` must hold. */
    readonly detail: (pipelines: readonly PipelineNames[]) => object;
    /** Values of the event, by their name in the message. */
    readonly values: Readonly<Record<string, string>>;
    /** The message, with `<name>` for each value. */
    readonly says: string;
    /** Where to look, below the address of the console. */
    readonly page: string;
}

/**
 * Pipelines that one rule takes. Names are known only once resources exist, but the number of rules must be known
 * before: with the longest names allowed, two crawlers of 7 pipelines are what a pattern can hold.
 */
export const pipelinesPerRule = 7;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const longestPattern = 2048;

export const failureKinds = {
    /** https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html */
    job: {
        description: "Glue jobs that failed, timed out or were stopped",
        source: "aws.glue",
        detailType: "Glue Job State Change",
        detail: (pipelines) => ({
            jobName: pipelines.map(({ jobName }) => jobName),
            state: ["ERROR", "FAILED", "STOPPED", "TIMEOUT"],
        }),
        values: {
            job: "$.detail.jobName",
            run: "$.detail.jobRunId",
            state: "$.detail.state",
            error: "$.detail.message",
        },
        says: "Glue job <job> ended as <state>. Run: <run>. Error: <error>.",
        page: "gluestudio/home?region=<region>#/job/<job>/run/<run>",
    },
    crawler: {
        description: "Glue crawlers that failed",
        source: "aws.glue",
        detailType: "Glue Crawler State Change",
        detail: (pipelines) => ({
            crawlerName: pipelines.flatMap(({ rawCrawler, processedCrawler }) => [rawCrawler, processedCrawler]),
            state: ["Failed"],
        }),
        values: { crawler: "$.detail.crawlerName", state: "$.detail.state", error: "$.detail.errorMessage" },
        says: "Glue crawler <crawler> ended as <state>. Error: <error>.",
        page: "glue/home?region=<region>#/v2/data-catalog/crawlers/view/<crawler>",
    },
    /** https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html */
    quality: {
        description: "Data quality rules that failed in a Glue job",
        source: "aws.glue-dataquality",
        detailType: "Data Quality Evaluation Results Available",
        detail: (pipelines) => ({
            context: { contextType: ["GLUE_JOB"], jobName: pipelines.map(({ jobName }) => jobName) },
            state: ["FAILED"],
        }),
        values: {
            job: "$.detail.context.jobName",
            run: "$.detail.context.jobId",
            state: "$.detail.state",
            score: "$.detail.score",
        },
        says: "Data quality of Glue job <job> is <state>. Run: <run>. Share of rules passed: <score>.",
        page: "gluestudio/home?region=<region>#/job/<job>/run/<run>",
    },
    /** https://docs.aws.amazon.com/athena/latest/ug/athena-events.html */
    query: {
        description: "Athena queries that failed",
        source: "aws.athena",
        detailType: "Athena Query State Change",
        detail: (pipelines) => ({
            currentState: ["FAILED"],
            workgroupName: pipelines.map(({ workgroupName }) => workgroupName),
        }),
        values: {
            query: "$.detail.queryExecutionId",
            workgroup: "$.detail.workgroupName",
            state: "$.detail.currentState",
            error: "$.detail.athenaError.errorMessage",
        },
        says: "Athena query <query> in workgroup <workgroup> ended as <state>. Error: <error>.",
        page: "athena/home?region=<region>#/query-editor/history/<query>",
    },
} satisfies Record<string, FailureKind>;

/** The rule's pattern. @throws RangeError when it is longer than EventBridge takes */
export function eventPattern(kind: FailureKind, pipelines: readonly PipelineNames[]): string {
    const pattern = stableJson({
        source: [kind.source],
        "detail-type": [kind.detailType],
        detail: kind.detail(pipelines),
    });
    if (pattern.length > longestPattern) {
        throw new RangeError(
            `EventBridge takes patterns of ${longestPattern} characters; with these names one has ${pattern.length}. ` +
                "Names of jobs, crawlers and workgroups may have 128 characters.",
        );
    }
    return pattern;
}

/** What becomes of an event on its way to the topic: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function eventMessage(
    kind: FailureKind,
    partition: string,
): { inputPaths: Record<string, string>; inputTemplate: string } {
    return {
        inputPaths: { ...kind.values, region: "$.region", time: "$.time" },
        inputTemplate: JSON.stringify(`<time> ${kind.says} See https://${consoleHost(partition)}/${kind.page}`),
    };
}

/** https://docs.aws.amazon.com/general/latest/gr/aws-general.html and the guides of the other partitions */
function consoleHost(partition: string): string {
    const hosts: Record<string, string> = {
        "aws-cn": "console.amazonaws.cn",
        "aws-us-gov": "console.amazonaws-us-gov.com",
    };
    return hosts[partition] ?? "console.aws.amazon.com";
}
