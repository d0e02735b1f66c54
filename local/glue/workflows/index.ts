/** AWS Glue workflows. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-workflow.html */
import type {
    BatchGetWorkflowsRequest,
    CreateWorkflowRequest,
    GetWorkflowRequest,
    GetWorkflowRunRequest,
    GetWorkflowRunsRequest,
    JobRun,
    ListWorkflowsRequest,
    PutWorkflowRunPropertiesRequest,
    ResumeWorkflowRunRequest,
    StartWorkflowRunRequest,
    UpdateWorkflowRequest,
    WorkflowRunStatistics,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type LocalService, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds } from "../../protocol/wire";
import type { Endings } from "../endings";
import type { TagStore } from "../tags";
import type { WorkflowStarter } from "../triggers";
import type { Starters } from "../triggers/firing";
import type { TriggerState } from "../triggers/state";
import { EventBatches } from "./batches";
import { graphOf } from "./graph";
import { triggersOf, WorkflowRuns } from "./runs";
import { WorkflowState, type StoredAction, type StoredWorkflow, type StoredWorkflowRun } from "./state";

/** AWS's for lists of names; of runs. */
const [largestPage, largestRunsPage] = [25, 1000];

/** @param jobs operations of jobs, by which runs are stopped and shown; @param crawlers those of crawlers */
export function createWorkflows(
    context: LocalContext,
    tags: TagStore,
    triggers: TriggerState,
    starters: Starters,
    jobs: Operations,
    crawlers: Operations,
    endings: Endings,
): LocalService & WorkflowStarter {
    const state = new WorkflowState(context);
    const stoppers = {
        stopJob: (JobName: string, runId: string) => void jobs.BatchStopJobRun!({ JobName, JobRunIds: [runId] }),
        stopCrawler: (Name: string) => void crawlers.StopCrawler!({ Name }),
    };
    const runs = new WorkflowRuns(context, state, triggers, starters, stoppers, endings);
    const start = (name: string) => runs.start(name, {});
    const batches = new EventBatches(context, triggers, (name, cause) => runs.start(name, cause));
    const jobRun = (JobName: string, RunId: string) => {
        try {
            return (jobs.GetJobRun!({ JobName, RunId }) as { JobRun: JobRun }).JobRun;
        } catch (error) {
            // Its job was deleted since.
            if (error instanceof AwsError && error.code === "EntityNotFoundException") return undefined;
            throw error;
        }
    };
    const shownRun = (run: StoredWorkflowRun, withGraph = false) => ({
        Name: run.name,
        WorkflowRunId: run.id,
        PreviousRunId: run.previous,
        WorkflowRunProperties: run.properties,
        StartedOn: run.started,
        CompletedOn: run.completed,
        Status: run.status,
        ErrorMessage: run.error,
        Statistics: statisticsOf(run.actions),
        StartingEventBatchCondition: run.batch,
        Graph: withGraph ? graphOf(run.name, triggersOf(triggers, run.name), run, jobRun) : undefined,
    });
    const shown = (workflow: StoredWorkflow, withGraph = false) => {
        const [last] = state.runsOf(workflow.Name);
        return {
            ...workflow,
            LastRun: last && shownRun(last, withGraph),
            Graph: withGraph ? graphOf(workflow.Name, triggersOf(triggers, workflow.Name)) : undefined,
        };
    };
    const operations: Operations = {
        CreateWorkflow: ({ Name = "", Tags, ...settings }: CreateWorkflowRequest) => {
            if (state.find(Name) !== undefined) {
                throw new AwsError("AlreadyExistsException", `Workflow with name ${Name} already exists.`);
            }
            const now = nowSeconds();
            state.put({ Name, ...settings, CreatedOn: now, LastModifiedOn: now });
            tags.set(state.arn(Name), Tags);
            return { Name };
        },
        UpdateWorkflow: ({ Name, ...settings }: UpdateWorkflowRequest) => {
            const before = state.get(Name);
            // What is not given stays.
            const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
            state.put({ ...before, ...given, LastModifiedOn: nowSeconds() });
            return { Name };
        },
        GetWorkflow: ({ Name, IncludeGraph }: GetWorkflowRequest) => ({
            Workflow: shown(state.get(Name), IncludeGraph),
        }),
        BatchGetWorkflows: ({ Names = [], IncludeGraph }: BatchGetWorkflowsRequest) => ({
            Workflows: Names.flatMap((name) => state.find(name) ?? []).map((found) => shown(found, IncludeGraph)),
            MissingWorkflows: Names.filter((name) => state.find(name) === undefined),
        }),
        ListWorkflows: ({ NextToken, MaxResults = largestPage }: ListWorkflowsRequest) => {
            const names = state.all.map(({ Name }) => Name);
            const page = pageOf(names, NextToken, Math.min(MaxResults, largestPage));
            return { Workflows: page.items, NextToken: page.nextToken };
        },
        // No error for a workflow that is not there, as AWS documents. Its triggers stay, and start nothing.
        DeleteWorkflow: ({ Name = "" }: { Name?: string }) => {
            state.remove(Name);
            tags.drop(state.arn(Name));
            return { Name };
        },
        StartWorkflowRun: ({ Name = "", RunProperties }: StartWorkflowRunRequest) => ({
            RunId: runs.start(Name, { properties: RunProperties }).id,
        }),
        ResumeWorkflowRun: ({ Name, RunId, NodeIds = [] }: ResumeWorkflowRunRequest) => {
            if (NodeIds.length === 0) throw new AwsError("InvalidInputException", "NodeIds names no node to resume.");
            const { run, nodes } = runs.resume(state.run(Name, RunId), NodeIds);
            return { RunId: run.id, NodeIds: nodes };
        },
        StopWorkflowRun: ({ Name, RunId }: { Name?: string; RunId?: string }) => {
            runs.stop(state.run(Name, RunId));
            return {};
        },
        GetWorkflowRun: ({ Name, RunId, IncludeGraph }: GetWorkflowRunRequest) => ({
            Run: shownRun(state.run(Name, RunId), IncludeGraph),
        }),
        GetWorkflowRuns: (input: GetWorkflowRunsRequest) => {
            const { Name, IncludeGraph, NextToken, MaxResults = largestRunsPage } = input;
            const page = pageOf(state.runsOf(state.get(Name).Name), NextToken, Math.min(MaxResults, largestRunsPage));
            return { Runs: page.items.map((run) => shownRun(run, IncludeGraph)), NextToken: page.nextToken };
        },
        GetWorkflowRunProperties: ({ Name, RunId }: { Name?: string; RunId?: string }) => ({
            RunProperties: state.run(Name, RunId).properties,
        }),
        PutWorkflowRunProperties: ({ Name, RunId, RunProperties }: PutWorkflowRunPropertiesRequest) => {
            const run = state.run(Name, RunId);
            run.properties = { ...run.properties, ...RunProperties };
            state.changed();
            return {};
        },
    };
    return {
        operations,
        check: (name) => void state.get(name),
        start,
        takeEvent: (target, eventId) => batches.take(target.slice(target.indexOf(":workflow/") + 10), eventId),
        status: () => ({ workflows: state.all.length }),
        stop: () => {
            batches.stop();
            runs.close();
            state.flush();
            return Promise.resolve();
        },
    };
}

function statisticsOf(actions: readonly StoredAction[]): WorkflowRunStatistics {
    const number = (...states: string[]) => actions.filter(({ state }) => states.includes(state)).length;
    return {
        TotalActions: actions.length,
        TimeoutActions: number("TIMEOUT"),
        FailedActions: number("FAILED"),
        StoppedActions: number("STOPPED", "CANCELLED"),
        SucceededActions: number("SUCCEEDED"),
        RunningActions: number("RUNNING"),
        ErroredActions: number("ERROR"),
        WaitingActions: 0,
    };
}
