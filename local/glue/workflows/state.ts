/** Workflows and their runs as kept on disk. */
import * as path from "node:path";
import type { StartingEventBatchCondition, Workflow, WorkflowRunStatus } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import { nowSeconds, type Wire } from "../../protocol/wire";
import { Store } from "../../store";
import type { Ending } from "../endings";

export type StoredWorkflow = Wire<Workflow> & { Name: string };

/** A job or a crawler that a run has started, or could not start. */
export interface StoredAction {
    readonly kind: Ending["kind"];
    readonly name: string;
    readonly triggerName: string;
    /** Of the job run or the crawl; none where it could not start. */
    readonly id?: string;
    readonly started: number;
    completed?: number;
    /** RUNNING, ERROR where it could not start, else as it ended. */
    state: string;
    error?: string;
}

export interface StoredWorkflowRun {
    readonly name: string;
    readonly id: string;
    properties: Record<string, string>;
    readonly started: number;
    completed?: number;
    status: WorkflowRunStatus;
    error?: string;
    readonly batch?: StartingEventBatchCondition;
    /** The run that it resumes. */
    readonly previous?: string;
    readonly actions: StoredAction[];
    /** Triggers that have fired in this run, each at most once. */
    readonly fired: string[];
    /** Conditions that are met, of triggers that have not fired. */
    met: { readonly trigger: string; readonly conditions: readonly number[] }[];
}

const mostRunsPerWorkflow = 1000;

export class WorkflowState {
    private readonly store: Store<{ workflows: StoredWorkflow[]; runs: StoredWorkflowRun[] }>;

    constructor(private readonly context: LocalContext) {
        const file = path.join(context.stateDir, "glue", "workflows.json");
        this.store = new Store(file, { workflows: [], runs: [] });
        for (const run of this.store.state.runs.filter(isUnderWay)) {
            // Their jobs and crawlers were cut off, too.
            run.status = "ERROR";
            run.error = "The local AWS ended while the workflow ran.";
            run.completed = nowSeconds();
            for (const action of run.actions) if (action.state === "RUNNING") action.state = "FAILED";
            this.changed();
        }
    }

    arn(name: string): string {
        return `arn:aws:glue:${this.context.region}:${this.context.account}:workflow/${name}`;
    }

    /** By name. */
    get all(): StoredWorkflow[] {
        return [...this.store.state.workflows].sort((one, other) => (one.Name < other.Name ? -1 : 1));
    }

    find(name: string | undefined): StoredWorkflow | undefined {
        return this.store.state.workflows.find((workflow) => workflow.Name === name);
    }

    /** @throws EntityNotFoundException */
    get(name: string | undefined): StoredWorkflow {
        const workflow = this.find(name);
        if (workflow !== undefined) return workflow;
        throw new AwsError("EntityNotFoundException", `Workflow with name: ${name} not found.`);
    }

    put(workflow: StoredWorkflow): void {
        const others = this.store.state.workflows.filter(({ Name }) => Name !== workflow.Name);
        this.store.state.workflows = [...others, workflow];
        this.changed();
    }

    remove(name: string): void {
        const { state } = this.store;
        state.workflows = state.workflows.filter(({ Name }) => Name !== name);
        state.runs = state.runs.filter((run) => run.name !== name);
        this.changed();
    }

    /** Newest first. */
    runsOf(name: string): StoredWorkflowRun[] {
        return this.store.state.runs.filter((run) => run.name === name).reverse();
    }

    findRun(name: string | undefined, id: string | undefined): StoredWorkflowRun | undefined {
        return this.store.state.runs.find((run) => run.name === name && run.id === id);
    }

    /** @throws EntityNotFoundException */
    run(name: string | undefined, id: string | undefined): StoredWorkflowRun {
        const run = this.findRun(this.get(name).Name, id);
        if (run !== undefined) return run;
        throw new AwsError("EntityNotFoundException", `Workflow run ${id} of the workflow ${name} not found.`);
    }

    addRun(run: StoredWorkflowRun): void {
        const surplus = this.runsOf(run.name).slice(mostRunsPerWorkflow - 1);
        this.store.state.runs = [...this.store.state.runs.filter((other) => !surplus.includes(other)), run];
        this.changed();
    }

    /** To be called after every change of a run. */
    changed(): void {
        this.store.changed();
    }

    flush(): void {
        this.store.flush();
    }
}

export function isUnderWay({ status }: StoredWorkflowRun): boolean {
    return status === "RUNNING" || status === "STOPPING";
}
