/** A workflow's graph: triggers and what they start and watch. https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowGraph.html */
import { createHash } from "node:crypto";
import type { Edge, JobRun, Node, WorkflowGraph } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";
import type { Ending } from "../endings";
import type { StoredTrigger } from "../triggers/state";
import type { StoredWorkflowRun } from "./state";

type Kind = Ending["kind"] | "trigger";

export function nodeId(workflow: string, kind: Kind, name: string): string {
    const hash = createHash("sha256").update(JSON.stringify([workflow, kind, name]));
    return `wnode_${hash.digest("hex")}`;
}

/** @param run with it, nodes show what ran; @param jobRun by job and id */
export function graphOf(
    workflow: string,
    triggers: readonly StoredTrigger[],
    run?: StoredWorkflowRun,
    jobRun?: (job: string, id: string) => JobRun | undefined,
): Wire<WorkflowGraph> {
    const idOf = (kind: Kind, name: string) => nodeId(workflow, kind, name);
    const nodes = new Map<string, Wire<Node>>();
    const edges: Edge[] = [];
    const worker = (kind: Ending["kind"], name: string): string => {
        const UniqueId = idOf(kind, name);
        if (!nodes.has(UniqueId)) {
            const details = kind === "job" ? jobDetails(name, run, jobRun) : crawlerDetails(name, run);
            nodes.set(UniqueId, { Type: kind === "job" ? "JOB" : "CRAWLER", Name: name, UniqueId, ...details });
        }
        return UniqueId;
    };
    for (const trigger of triggers) {
        const id = idOf("trigger", trigger.Name);
        nodes.set(id, { Type: "TRIGGER", Name: trigger.Name, UniqueId: id, TriggerDetails: { Trigger: trigger } });
        for (const { JobName, CrawlerName } of trigger.Actions ?? []) {
            const DestinationId = JobName === undefined ? worker("crawler", CrawlerName!) : worker("job", JobName);
            edges.push({ SourceId: id, DestinationId });
        }
        for (const { JobName, CrawlerName } of trigger.Predicate?.Conditions ?? []) {
            const SourceId = JobName === undefined ? worker("crawler", CrawlerName!) : worker("job", JobName);
            edges.push({ SourceId, DestinationId: id });
        }
    }
    return { Nodes: [...nodes.values()], Edges: edges };
}

function jobDetails(
    name: string,
    run: StoredWorkflowRun | undefined,
    jobRun: ((job: string, id: string) => JobRun | undefined) | undefined,
): Pick<Wire<Node>, "JobDetails"> {
    const runs = actionsOf("job", name, run).flatMap(({ id }) => jobRun?.(name, id!) ?? []);
    return { JobDetails: { JobRuns: runs as unknown as Wire<JobRun>[] } };
}

function crawlerDetails(name: string, run: StoredWorkflowRun | undefined): Pick<Wire<Node>, "CrawlerDetails"> {
    const Crawls = actionsOf("crawler", name, run).map(({ state, started, completed, error }) => ({
        State: state as "RUNNING",
        StartedOn: started,
        CompletedOn: completed,
        ErrorMessage: error,
    }));
    return { CrawlerDetails: { Crawls } };
}

function actionsOf(kind: Ending["kind"], name: string, run: StoredWorkflowRun | undefined) {
    return (run?.actions ?? []).filter((action) => action.kind === kind && action.name === name && action.id);
}
