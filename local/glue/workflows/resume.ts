/**
 * Which nodes of a run that has ended start anew when it is resumed, and what is taken over from it.
 * @see https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html
 */
import { AwsError } from "../../protocol/operations";
import type { Ending } from "../endings";
import { noted } from "../triggers/conditions";
import type { StoredTrigger } from "../triggers/state";
import { nodeId } from "./graph";
import type { StoredAction, StoredWorkflowRun } from "./state";

export interface Resumption {
    /** Actions that start at once: of the selected ones those that no other selected one leads to. */
    readonly first: readonly StoredAction[];
    /** What the new run begins with. */
    readonly kept: Pick<StoredWorkflowRun, "actions" | "fired" | "met">;
}

/**
 * @param triggers the workflow's
 * @throws InvalidInputException for a node that the run has not started
 */
export function planResumption(
    run: StoredWorkflowRun,
    triggers: readonly StoredTrigger[],
    nodeIds: readonly string[],
): Resumption {
    const idOf = ({ kind, name }: Pick<StoredAction, "kind" | "name">) => nodeId(run.name, kind, name);
    const selected = [...new Set(nodeIds)].map((id) => {
        const action = run.actions.find((each) => idOf(each) === id);
        if (action !== undefined) return action;
        throw new AwsError("InvalidInputException", `The node ${id} was not started in the workflow run ${run.id}.`);
    });
    const after = new Map(selected.map((action) => [idOf(action), downstream(action, triggers, idOf)]));
    const first = selected.filter((action) => ![...after.values()].some((nodes) => nodes.has(idOf(action))));
    const anew = new Set([...selected.map(idOf), ...[...after.values()].flatMap((nodes) => [...nodes])]);
    const actions = run.actions.filter((action) => !anew.has(idOf(action)));
    const waits = (trigger: StoredTrigger) => watched(trigger).some((node) => anew.has(idOf(node)));
    const again = triggers.filter(waits);
    const fired = run.fired.filter((name) => !again.some(({ Name }) => Name === name));
    return { first, kept: { actions: [...actions], fired, met: conditionsMet(actions, again) } };
}

type Node = Pick<StoredAction, "kind" | "name">;

function watched({ Predicate }: StoredTrigger): Node[] {
    return (Predicate?.Conditions ?? []).map(({ JobName, CrawlerName }) => nodeOf(JobName, CrawlerName));
}

function nodeOf(job: string | undefined, crawler: string | undefined): Node {
    return job === undefined ? { kind: "crawler", name: crawler ?? "" } : { kind: "job", name: job };
}

/** All that may follow a node, itself only where it comes again. */
function downstream(node: Node, triggers: readonly StoredTrigger[], idOf: (node: Node) => string): Set<string> {
    const found = new Set<string>();
    const next = [node];
    for (let each = next.pop(); each !== undefined; each = next.pop()) {
        const id = idOf(each);
        for (const trigger of triggers.filter((one) => watched(one).some((other) => idOf(other) === id))) {
            for (const { JobName, CrawlerName } of trigger.Actions ?? []) {
                const follower = nodeOf(JobName, CrawlerName);
                if (found.has(idOf(follower))) continue;
                found.add(idOf(follower));
                next.push(follower);
            }
        }
    }
    return found;
}

/** What has ended before and stays counts for triggers that wait for something else besides. */
function conditionsMet(actions: readonly StoredAction[], triggers: readonly StoredTrigger[]): StoredWorkflowRun["met"] {
    return triggers.flatMap((trigger) => {
        let conditions: readonly number[] = [];
        for (const { kind, name, state } of actions) {
            const now = noted(trigger, { kind, name, state, origin: undefined } as Ending, conditions);
            if (now !== undefined && !now.fires) conditions = now.met;
        }
        return conditions.length === 0 ? [] : [{ trigger: trigger.Name, conditions }];
    });
}
