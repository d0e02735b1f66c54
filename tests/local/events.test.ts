/** What job runs and queries tell EventBridge, and that the rules of our own monitoring pass it on. */
import * as assert from "node:assert/strict";
import * as http from "node:http";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { BatchStopJobRunCommand } from "@aws-sdk/client-glue";
import { eventMessage, eventPattern, failureKinds } from "../../components/pipelineMonitoringEvents";
import { localCredentials } from "../../local/context";
import { Queries } from "./athenaSupport";
import { Bus } from "./eventsSupport";
import { bucket, eventually, JobsLab } from "./jobsSupport";

const waiting = "import time\ntime.sleep(600)";
const evaluating = `
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsgluedq.transforms import EvaluateDataQuality
from pyspark.context import SparkContext
glue = GlueContext(SparkContext.getOrCreate())
rows = glue.spark_session.createDataFrame([(1, "a"), (2, None)], "id int, name string")
EvaluateDataQuality.apply(
    frame=DynamicFrame.fromDF(rows, glue, "rows"),
    ruleset='Rules = [ RowCount > 1, IsComplete "name" ]',
    publishing_options={"dataQualityEvaluationContext": "rows", "enableDataQualityResultsPublishing": True},
)
`;

describe("events of Glue jobs and Athena", function () {
    this.timeout(300_000);
    let lab: JobsLab;
    let bus: Bus;
    let queries: Queries;
    let slowRun: string;

    /** Rules as PipelineMonitoring makes them: to a topic, with its message; a queue gets what the topic tells. */
    const monitor = async () => {
        const topic = `arn:aws:sns:us-east-1:${bus.account}:told`;
        await form("sns", { Action: "CreateTopic", Name: "told" });
        const Endpoint = await bus.queue("mail");
        await form("sns", { Action: "Subscribe", TopicArn: topic, Protocol: "sqs", Endpoint });
        const names = { jobName: "broken", rawCrawler: "raw", processedCrawler: "sales", workgroupName: "told" };
        for (const [kind, failure] of Object.entries(failureKinds)) {
            const { inputPaths: InputPathsMap, inputTemplate: InputTemplate } = eventMessage(failure, "aws");
            const InputTransformer = { InputPathsMap, InputTemplate };
            await bus.rule(`${kind}-failed`, eventPattern(failure, [names]), { Arn: topic, InputTransformer });
        }
    };
    const form = async (service: string, input: Record<string, string>) => {
        const authorization = `AWS4-HMAC-SHA256 Credential=${bus.account}/20260101/us-east-1/${service}/aws4_request`;
        const body = new URLSearchParams({ ...input, Version: "2010-03-31" });
        const response = await fetch(lab.aws.endpoint, { method: "POST", headers: { authorization }, body });
        assert.ok(response.ok, await response.text());
    };
    const mail = async () => {
        const [message = ""] = await bus.receive("mail", 1);
        return (JSON.parse(message) as { Message: string }).Message;
    };

    before(async () => {
        lab = await JobsLab.start();
        bus = new Bus(lab.aws);
        await bus.watch("jobs", { source: ["aws.glue"], "detail-type": [{ prefix: "Glue Job" }] });
        await bus.watch("queries", { source: ["aws.athena"] });
        await bus.watch("quality", { source: ["aws.glue-dataquality"] });
        await monitor();
        queries = new Queries(lab.aws, "told", "default");
        await new AthenaClient({ endpoint: lab.aws.endpoint, region: "us-east-1", credentials: localCredentials }).send(
            new CreateWorkGroupCommand({
                Name: "told",
                Configuration: { ResultConfiguration: { OutputLocation: `s3://${bucket}/results/` } },
            }),
        );
    });
    after(async () => lab.stop());

    it("tell of a failed run, in AWS's form", async () => {
        const error = "ValueError: no such day";
        await lab.job("broken", "raise ValueError('no such day')");
        const { Id } = await lab.runToEnd("broken");
        const [event] = await bus.events("jobs", 1);
        const { id, time, ...rest } = event!;
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        const message = rest.detail.message as string;
        assert.ok(message.includes(error), message);
        assert.deepEqual(rest, {
            version: "0",
            "detail-type": "Glue Job State Change",
            source: "aws.glue",
            account: bus.account,
            region: "us-east-1",
            resources: [],
            detail: { jobName: "broken", severity: "ERROR", state: "FAILED", jobRunId: Id, message },
        });
        const told = await mail();
        assert.match(told, /Glue job broken ended as FAILED\. Run: jr_[0-9a-f]{64}\. Error: .*no such day/);
        assert.ok(told.includes(`#/job/broken/run/${Id}`), told);
    });

    it("tell of each attempt of a run, of success and of a stop", async () => {
        await lab.job("again", "raise ValueError('no')", { MaxRetries: 1 });
        const first = await lab.start("again");
        const attempts = await bus.details("jobs", 2);
        assert.deepEqual(
            attempts.map(({ jobRunId, state }) => [jobRunId, state]),
            [
                [first, "FAILED"],
                [`${first}_attempt_1`, "FAILED"],
            ],
        );
        await lab.job("good", "print('good')");
        const good = await lab.runToEnd("good");
        await lab.job("long", waiting);
        const long = await lab.start("long");
        await eventually(
            "the script",
            async () => (await lab.run("long", long)).JobRunState === "RUNNING" || undefined,
        );
        await lab.clients.glue.send(new BatchStopJobRunCommand({ JobName: "long", JobRunIds: [long] }));
        const ends = await bus.details("jobs", 2);
        assert.deepEqual(ends, [
            {
                ...{ jobName: "good", severity: "INFO", state: "SUCCEEDED" },
                ...{ jobRunId: good.Id, message: "Job run succeeded" },
            },
            { jobName: "long", severity: "INFO", state: "STOPPED", jobRunId: long, message: "Job run stopped" },
        ]);
        assert.deepEqual(await bus.take("mail"), []);
        // Looked at last: it takes its minute.
        await lab.job("slow", waiting, { Timeout: 1, NotificationProperty: { NotifyDelayAfter: 1 } });
        slowRun = await lab.start("slow");
    });

    it("tell of the results of data quality", async () => {
        await lab.job("checked", evaluating);
        const run = await lab.runToEnd("checked");
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
        const [{ resultId, ...detail } = {}] = await bus.details("quality", 1);
        assert.match(String(resultId), /^dqresult-[0-9a-f]{32}$/);
        assert.deepEqual(detail, {
            context: { contextType: "GLUE_JOB", jobId: run.Id, jobName: "checked", evaluationContext: "rows" },
            rulesetNames: ["rows"],
            state: "FAILED",
            score: 0.5,
            numRulesSucceeded: 1,
            numRulesFailed: 1,
            numRulesSkipped: 0,
        });
    });

    it("tell of each state of a query", async () => {
        const good = await queries.run("SHOW DATABASES");
        const of = { versionId: "0", statementType: "UTILITY", workgroupName: "told" };
        const queryExecutionId = good.QueryExecutionId;
        assert.deepEqual(await bus.details("queries", 3), [
            { ...of, queryExecutionId, currentState: "QUEUED", sequenceNumber: "1" },
            { ...of, queryExecutionId, currentState: "RUNNING", previousState: "QUEUED", sequenceNumber: "2" },
            { ...of, queryExecutionId, currentState: "SUCCEEDED", previousState: "RUNNING", sequenceNumber: "3" },
        ]);
        const bad = await queries.run("MSCK REPAIR TABLE nothing");
        const [, , failed] = await bus.details("queries", 3);
        const { ErrorCategory, ErrorType, ErrorMessage, Retryable } = bad.Status?.AthenaError ?? {};
        assert.deepEqual(failed, {
            ...{ ...of, statementType: "DDL", queryExecutionId: bad.QueryExecutionId },
            ...{ currentState: "FAILED", previousState: "RUNNING", sequenceNumber: "3" },
            athenaError: {
                errorCategory: ErrorCategory,
                errorType: ErrorType,
                errorMessage: ErrorMessage,
                retryable: Retryable,
            },
        });
        const told = await mail();
        assert.ok(
            told.includes(`Athena query ${bad.QueryExecutionId} in workgroup told ended as FAILED. Error: `),
            told,
        );
        assert.match(told, /Error: FAILED: SemanticException .*Table not found default\.nothing/);
    });

    it("are not for clients to put", async () => {
        const entry = { Source: "aws.glue", DetailType: "Glue Job State Change", Detail: "{}" };
        const answer = await bus.call<{ Entries: object[] }>("events", "AWSEvents.PutEvents", { Entries: [entry] });
        assert.deepEqual(answer.Entries, [
            { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." },
        ]);
        // Nor by a request that the gateway would take for another service's.
        const headers = {
            host: "x.localhost",
            authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/events/aws4_request",
        };
        const around = await new Promise<http.IncomingMessage>((resolve, reject) => {
            const options = {
                port: new URL(lab.aws.endpoint).port,
                path: "/_lakeworks/events",
                method: "POST",
                headers,
            };
            http.request(options, resolve).on("error", reject).end("{}");
        });
        around.resume();
        assert.equal(around.statusCode, 403);
    });

    it("tell of a run that is late, and of one that has timed out", async () => {
        const [late, end] = await bus
            .events("jobs", 3)
            .then((events) => events.filter(({ detail }) => detail.jobRunId === slowRun));
        const { StartedOn } = await lab.run("slow", slowRun);
        assert.equal(late?.["detail-type"], "Glue Job Run Status");
        assert.deepEqual(late?.detail, {
            jobName: "slow",
            severity: "INFO",
            notificationCondition: { NotifyDelayAfter: 1 },
            state: "RUNNING",
            jobRunId: slowRun,
            message: "Job is in RUNNING state",
            startedOn: StartedOn?.toISOString(),
        });
        assert.deepEqual(end?.detail, {
            jobName: "slow",
            severity: "WARN",
            state: "TIMEOUT",
            jobRunId: slowRun,
            message: "Job run timed out",
        });
    });
});
