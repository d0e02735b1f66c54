/** Workflows: their definitions, and that runs go from trigger to trigger. */
import assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import { Bus } from "./eventsSupport";
import { eventually, JobsLab } from "./jobsSupport";
import { errorName } from "./support";

/** Leaves a property for those that come after, as AWS's guide does. */
const telling = `
import sys
import boto3
from awsglue.utils import getResolvedOptions

args = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
name, run = args["WORKFLOW_NAME"], args["WORKFLOW_RUN_ID"]
client = boto3.client("glue")
seen = client.get_workflow_run_properties(Name=name, RunId=run)["RunProperties"]
client.put_workflow_run_properties(Name=name, RunId=run, RunProperties={"day": seen["day"] + "-seen"})
`;

describe("Glue workflows", function () {
    this.timeout(300_000);
    let lab: JobsLab;
    let client: glue.GlueClient;

    before(async () => {
        lab = await JobsLab.start();
        await lab.aws.warm();
        client = lab.clients.glue;
    });

    after(async () => lab.stop());

    const workflow = (Name: string, more: Partial<glue.CreateWorkflowRequest> = {}) =>
        client.send(new glue.CreateWorkflowCommand({ Name, ...more }));
    const trigger = (Name: string, WorkflowName: string, more: Partial<glue.CreateTriggerRequest>) =>
        client.send(new glue.CreateTriggerCommand({ Name, WorkflowName, Type: "ON_DEMAND", Actions: [], ...more }));
    /** Fires when a job has ended so. */
    const following = (JobName: string, State: glue.JobRunState, next: string): Partial<glue.CreateTriggerRequest> => ({
        Type: "CONDITIONAL",
        StartOnCreation: true,
        Predicate: { Conditions: [{ LogicalOperator: "EQUALS", JobName, State }] },
        Actions: [{ JobName: next }],
    });
    const start = async (Name: string, RunProperties?: Record<string, string>) =>
        (await client.send(new glue.StartWorkflowRunCommand({ Name, RunProperties }))).RunId!;
    const get = async (Name: string, RunId: string) =>
        (await client.send(new glue.GetWorkflowRunCommand({ Name, RunId, IncludeGraph: true }))).Run!;
    const ended = (name: string, id: string) =>
        eventually(`the end of ${id}`, async () => {
            const run = await get(name, id);
            return run.CompletedOn === undefined ? undefined : run;
        });

    describe("definitions", () => {
        it("are made, changed, listed and deleted", async () => {
            await workflow("plain", { Description: "one", DefaultRunProperties: { a: "1" }, MaxConcurrentRuns: 2 });
            assert.equal(await errorName(workflow("plain")), "AlreadyExistsException");
            await client.send(new glue.UpdateWorkflowCommand({ Name: "plain", Description: "two" }));
            const { Workflow } = await client.send(new glue.GetWorkflowCommand({ Name: "plain" }));
            const { Description, DefaultRunProperties, MaxConcurrentRuns, CreatedOn } = Workflow!;
            assert.deepEqual([Description, DefaultRunProperties, MaxConcurrentRuns], ["two", { a: "1" }, 2]);
            assert.ok(CreatedOn instanceof Date);
            const batch = new glue.BatchGetWorkflowsCommand({ Names: ["plain", "none"] });
            const { Workflows, MissingWorkflows } = await client.send(batch);
            assert.deepEqual([Workflows?.map(({ Name }) => Name), MissingWorkflows], [["plain"], ["none"]]);
            await client.send(new glue.DeleteWorkflowCommand({ Name: "plain" }));
            assert.deepEqual((await client.send(new glue.ListWorkflowsCommand())).Workflows, []);
            const missing = client.send(new glue.GetWorkflowCommand({ Name: "plain" }));
            assert.equal(await errorName(missing), "EntityNotFoundException");
        });

        it("have one trigger to begin with, and need it to run", async () => {
            await workflow("begins");
            assert.equal(await errorName(start("begins")), "InvalidInputException");
            const actions = { Actions: [{ JobName: "any" }] };
            assert.equal(await errorName(trigger("lost", "nowhere", actions)), "EntityNotFoundException");
            await trigger("first", "begins", actions);
            assert.equal(await errorName(trigger("second", "begins", actions)), "InvalidInputException");
            await trigger("next", "begins", following("any", "SUCCEEDED", "other"));
            const { Workflow } = await client.send(new glue.GetWorkflowCommand({ Name: "begins", IncludeGraph: true }));
            const { Nodes = [], Edges = [] } = Workflow!.Graph!;
            const named = new Map(Nodes.map(({ UniqueId, Name }) => [UniqueId, Name]));
            assert.deepEqual(
                Edges.map(
                    ({ SourceId, DestinationId }) => `${named.get(SourceId)} > ${named.get(DestinationId)}`,
                ).sort(),
                ["any > next", "first > any", "next > other"],
            );
        });

        it("are needed by triggers of type EVENT", async () => {
            const event = new glue.CreateTriggerCommand({
                Name: "loose",
                Type: "EVENT",
                Actions: [{ JobName: "any" }],
            });
            assert.equal(await errorName(client.send(event)), "InvalidInputException");
        });
    });

    describe("runs", () => {
        it("go on from a job that has succeeded, with the run's properties", async () => {
            for (const name of ["load", "report"]) await lab.job(name, telling);
            await workflow("daily", { DefaultRunProperties: { day: "monday", zone: "a" } });
            await trigger("daily-start", "daily", { Actions: [{ JobName: "load" }] });
            await trigger("daily-next", "daily", following("load", "SUCCEEDED", "report"));
            const run = await ended("daily", await start("daily", { day: "friday" }));
            assert.equal(run.Status, "COMPLETED");
            assert.deepEqual(run.WorkflowRunProperties, { day: "friday-seen-seen", zone: "a" });
            const { TotalActions, SucceededActions } = run.Statistics!;
            assert.deepEqual([TotalActions, SucceededActions], [2, 2]);
            const report = run.Graph!.Nodes!.find(({ Name }) => Name === "report")!;
            const [job] = report.JobDetails!.JobRuns!;
            assert.deepEqual([job?.TriggerName, job?.JobRunState], ["daily-next", "SUCCEEDED"]);
            assert.equal(job?.Arguments?.["--WORKFLOW_RUN_ID"], run.WorkflowRunId);
        });

        it("end where what comes next waits for a success that does not come", async () => {
            await lab.job("broken", "raise ValueError('no')");
            await lab.job("never", "print('never')");
            await workflow("fails");
            await trigger("fails-start", "fails", { Actions: [{ JobName: "broken" }, { JobName: "missing" }] });
            await trigger("fails-next", "fails", following("broken", "SUCCEEDED", "never"));
            const run = await ended("fails", await start("fails"));
            const { TotalActions, FailedActions, ErroredActions } = run.Statistics!;
            assert.deepEqual([run.Status, TotalActions, FailedActions, ErroredActions], ["COMPLETED", 2, 1, 1]);
        });

        it("are no more at once than the workflow allows, and can be stopped", async () => {
            await lab.job("long", "import time\ntime.sleep(600)");
            await workflow("single", { MaxConcurrentRuns: 1 });
            await trigger("single-start", "single", { Actions: [{ JobName: "long" }] });
            const id = await start("single");
            assert.equal(await errorName(start("single")), "ConcurrentRunsExceededException");
            const stop = () => client.send(new glue.StopWorkflowRunCommand({ Name: "single", RunId: id }));
            await stop();
            const run = await ended("single", id);
            assert.deepEqual([run.Status, run.Statistics?.StoppedActions], ["STOPPED", 1]);
            assert.equal(await errorName(stop()), "IllegalWorkflowStateException");
        });

        it("are resumed from a node: what led to it stays, what follows runs", async () => {
            await lab.job("steady", "print('steady')");
            await lab.job("repaired", "raise ValueError('no')");
            await lab.job("joined", "print('joined')");
            await workflow("resumes", { DefaultRunProperties: { day: "monday" } });
            await trigger("resumes-start", "resumes", { Actions: [{ JobName: "steady" }, { JobName: "repaired" }] });
            const both = ["steady", "repaired"].map((JobName) => ({
                ...{ LogicalOperator: glue.LogicalOperator.EQUALS, JobName, State: glue.JobRunState.SUCCEEDED },
            }));
            await trigger("resumes-next", "resumes", {
                Type: "CONDITIONAL",
                StartOnCreation: true,
                Predicate: { Logical: "AND", Conditions: both },
                Actions: [{ JobName: "joined" }],
            });
            const failed = await ended("resumes", await start("resumes", { day: "friday" }));
            assert.deepEqual([failed.Statistics?.FailedActions, failed.Statistics?.TotalActions], [1, 2]);
            const nodeOf = (name: string) => failed.Graph!.Nodes!.find(({ Name }) => Name === name)!.UniqueId!;
            const resume = (...NodeIds: string[]) =>
                client.send(
                    new glue.ResumeWorkflowRunCommand({ Name: "resumes", RunId: failed.WorkflowRunId, NodeIds }),
                );
            for (const wrong of ["joined", "resumes-start"]) {
                assert.equal(await errorName(resume(nodeOf(wrong))), "InvalidInputException");
            }
            await lab.put("scripts/repaired.py", "print('well')");
            const { RunId, NodeIds } = await resume(nodeOf("repaired"));
            assert.deepEqual(NodeIds, [nodeOf("repaired")]);
            const run = await ended("resumes", RunId!);
            assert.equal(run.PreviousRunId, failed.WorkflowRunId);
            assert.deepEqual(run.WorkflowRunProperties, { day: "friday" });
            const { TotalActions, SucceededActions } = run.Statistics!;
            assert.deepEqual([TotalActions, SucceededActions], [3, 3]);
            const runsOf = (name: string) => run.Graph!.Nodes!.find(({ Name }) => Name === name)!.JobDetails!.JobRuns!;
            const before = failed.Graph!.Nodes!.find(({ Name }) => Name === "steady")!.JobDetails!.JobRuns!;
            assert.deepEqual([runsOf("steady")[0]?.Id, runsOf("joined").length], [before[0]?.Id, 1]);
        });

        it("begin with a batch of events from EventBridge", async () => {
            await lab.job("arrival", "print('here')");
            await workflow("arrivals");
            await trigger("arrivals-start", "arrivals", {
                Type: "EVENT",
                StartOnCreation: true,
                EventBatchingCondition: { BatchSize: 2, BatchWindow: 600 },
                Actions: [{ JobName: "arrival" }],
            });
            const bus = new Bus(lab.aws);
            const Arn = `arn:aws:glue:${lab.aws.region}:000000000000:workflow/arrivals`;
            await bus.rule("arrivals", { source: ["shop"] }, { Arn, RoleArn: "arn:aws:iam::000000000000:role/events" });
            const ids = [await bus.put("shop", "arrived", { n: 1 }), await bus.put("shop", "arrived", { n: 2 })];
            const runs = await eventually("a run", async () => {
                const { Runs = [] } = await client.send(new glue.GetWorkflowRunsCommand({ Name: "arrivals" }));
                return Runs.length === 0 ? undefined : Runs;
            });
            const run = await ended("arrivals", runs[0]!.WorkflowRunId!);
            assert.equal(runs.length, 1);
            assert.deepEqual(run.StartingEventBatchCondition, { BatchSize: 2 });
            const told = JSON.parse(run.WorkflowRunProperties!["aws:eventIds"]!) as string[];
            assert.deepEqual(told.sort(), ids.sort());
        });
    });
});
