/**
 * Runs of workflows: the start trigger, then the conditional ones as what they watch has ended.
 * @see https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html
 */
import { randomBytes } from "node:crypto";
import type { Action, StartingEventBatchCondition } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import { nowSeconds } from "../../protocol/wire";
import type { Ending, Endings } from "../endings";
import { noted } from "../triggers/conditions";
import type { Starters } from "../triggers/firing";
import type { StoredTrigger, TriggerState } from "../triggers/state";
import { nodeId } from "./graph";
import { planResumption } from "./resume";
import { isUnderWay, type StoredAction, type StoredWorkflowRun, type WorkflowState } from "./state";

/** What ends jobs and crawlers of a run that is stopped. */
export interface Stoppers {
    readonly stopJob: (name: string, runId: string) => void;
    readonly stopCrawler: (name: string) => void;
}

/** What starts a run besides StartWorkflowRun. */
export interface Cause {
    /** Over the workflow's own. */
    readonly properties?: Readonly<Record<string, string>>;
    readonly batch?: StartingEventBatchCondition;
}

export class WorkflowRuns {
    private closed = false;

    constructor(
        private readonly context: Pick<LocalContext, "log">,
        private readonly state: WorkflowState,
        private readonly triggers: TriggerState,
        private readonly starters: Starters,
        private readonly stoppers: Stoppers,
        endings: Endings,
    ) {
        endings.listen((ending) => this.ended(ending));
    }

    /** @throws InvalidInputException, ConcurrentRunsExceededException */
    start(name: string, { properties, batch }: Cause): StoredWorkflowRun {
        const workflow = this.state.get(name);
        const first = startTrigger(this.triggers, name);
        if (first === undefined) {
            throw new AwsError("InvalidInputException", `The workflow ${name} has no trigger that starts it.`);
        }
        const run = this.add(name, { properties: { ...workflow.DefaultRunProperties, ...properties }, batch });
        this.fire(run, first);
        this.settle(run);
        return run;
    }

    /**
     * A new run that goes on from nodes of one that has ended.
     * @returns it, and the nodes that start
     * @throws IllegalWorkflowStateException, InvalidInputException, ConcurrentRunsExceededException
     */
    resume(old: StoredWorkflowRun, nodeIds: readonly string[]): { run: StoredWorkflowRun; nodes: string[] } {
        if (isUnderWay(old)) {
            throw new AwsError(
                "IllegalWorkflowStateException",
                `The workflow run ${old.id} is under way: ${old.status}.`,
            );
        }
        const triggers = triggersOf(this.triggers, old.name);
        const { first, kept } = planResumption(old, triggers, nodeIds);
        const starts = first.map((action) => startOf(action, triggers));
        const run = this.add(old.name, { ...kept, properties: { ...old.properties }, previous: old.id });
        for (const { trigger, action } of starts) this.startAction(run, trigger, action);
        this.settle(run);
        return { run, nodes: first.map(({ kind, name }) => nodeId(old.name, kind, name)) };
    }

    /** @throws ConcurrentRunsExceededException */
    private add(
        name: string,
        parts: Pick<StoredWorkflowRun, "properties" | "batch" | "previous"> &
            Partial<Pick<StoredWorkflowRun, "actions" | "fired" | "met">>,
    ): StoredWorkflowRun {
        const workflow = this.state.get(name);
        const underWay = this.state.runsOf(name).filter(isUnderWay).length;
        if (underWay >= (workflow.MaxConcurrentRuns ?? Infinity)) {
            throw new AwsError("ConcurrentRunsExceededException", `Concurrent runs exceeded for workflow ${name}`);
        }
        const run: StoredWorkflowRun = {
            name,
            id: `wr_${randomBytes(32).toString("hex")}`,
            started: nowSeconds(),
            status: "RUNNING",
            actions: [],
            fired: [],
            met: [],
            ...parts,
        };
        this.state.addRun(run);
        return run;
    }

    /** @throws IllegalWorkflowStateException when it has ended */
    stop(run: StoredWorkflowRun): void {
        if (!isUnderWay(run)) {
            throw new AwsError("IllegalWorkflowStateException", `The workflow run ${run.id} has ended: ${run.status}.`);
        }
        run.status = "STOPPING";
        for (const action of run.actions.filter(({ state }) => state === "RUNNING")) this.stopAction(action);
        this.settle(run);
    }

    /** Nothing starts any more: what the end of the local AWS cuts off sets nothing off. */
    close(): void {
        this.closed = true;
    }

    private stopAction({ kind, name, id = "" }: StoredAction): void {
        try {
            if (kind === "job") this.stoppers.stopJob(name, id);
            else this.stoppers.stopCrawler(name);
        } catch (error) {
            // It is ending by itself.
            this.context.log(`glue: ${kind} ${name} of a workflow could not be stopped: ${(error as Error).message}`);
        }
    }

    private ended(ending: Ending): void {
        const of = ending.origin?.workflowRun;
        const run = this.state.findRun(of?.name, of?.id);
        if (this.closed || run === undefined || !isUnderWay(run)) return;
        const action = run.actions.find(
            ({ kind, name, state }) => kind === ending.kind && name === ending.name && state === "RUNNING",
        );
        if (action !== undefined) Object.assign(action, { state: ending.state, completed: nowSeconds() });
        if (run.status === "RUNNING") for (const trigger of this.waiting(run)) this.note(run, trigger, ending);
        this.settle(run);
    }

    /** Conditional triggers of the run's workflow that have not fired in it. */
    private waiting({ name, fired }: StoredWorkflowRun): StoredTrigger[] {
        return triggersOf(this.triggers, name).filter(
            ({ Type, State, Name }) => Type === "CONDITIONAL" && State === "ACTIVATED" && !fired.includes(Name),
        );
    }

    private note(run: StoredWorkflowRun, trigger: StoredTrigger, ending: Ending): void {
        const before = run.met.find((entry) => entry.trigger === trigger.Name)?.conditions ?? [];
        const now = noted(trigger, ending, before);
        if (now === undefined) return;
        run.met = run.met.filter((entry) => entry.trigger !== trigger.Name);
        if (now.fires) this.fire(run, trigger);
        else run.met.push({ trigger: trigger.Name, conditions: now.met });
    }

    private fire(run: StoredWorkflowRun, { Name: trigger, Actions: actions = [] }: StoredTrigger): void {
        run.fired.push(trigger);
        for (const action of actions) this.startAction(run, trigger, action);
    }

    private startAction(run: StoredWorkflowRun, triggerName: string, action: Action): void {
        const origin = { triggerName, workflowRun: { name: run.name, id: run.id } };
        const kind = action.CrawlerName === undefined ? "job" : "crawler";
        const name = action.CrawlerName ?? action.JobName ?? "";
        const known = { kind, name, triggerName, started: nowSeconds() } as const;
        try {
            const id =
                kind === "job" ? this.starters.startJob(action, origin) : this.starters.startCrawler(name, origin);
            run.actions.push({ ...known, id, state: "RUNNING" });
        } catch (error) {
            run.actions.push({ ...known, state: "ERROR", error: (error as Error).message });
        }
    }

    /** A run ends when nothing of it runs: what failed keeps its triggers from firing, and shows in the statistics. */
    private settle(run: StoredWorkflowRun): void {
        if (!run.actions.some(({ state }) => state === "RUNNING")) {
            run.status = run.status === "STOPPING" ? "STOPPED" : "COMPLETED";
            run.completed = nowSeconds();
            this.context.log(`glue: workflow ${run.name} run ${run.id} ${run.status}`);
        }
        this.state.changed();
    }
}

/** What started an action, which may have changed since. @throws InvalidInputException where nothing would start it any more */
function startOf({ kind, name, triggerName }: StoredAction, triggers: readonly StoredTrigger[]) {
    const trigger = triggers.find(({ Name }) => Name === triggerName);
    const action = trigger?.Actions?.find((each) => (kind === "job" ? each.JobName : each.CrawlerName) === name);
    if (action !== undefined) return { trigger: triggerName, action };
    throw new AwsError("InvalidInputException", `The trigger ${triggerName} no longer starts the ${kind} ${name}.`);
}

export function triggersOf(triggers: TriggerState, workflow: string): StoredTrigger[] {
    return triggers.all.filter(({ WorkflowName }) => WorkflowName === workflow);
}

/** The one that a workflow begins with: all types but CONDITIONAL. */
export function startTrigger(triggers: TriggerState, workflow: string): StoredTrigger | undefined {
    return triggersOf(triggers, workflow).find(({ Type }) => Type !== "CONDITIONAL");
}
