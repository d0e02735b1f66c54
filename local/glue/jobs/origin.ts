/** Between the trigger that starts a run and the run. */
import type { Action, StartJobRunRequest } from "@aws-sdk/client-glue";
import type { Origin } from "../endings";
import type { StoredRun } from "./state";

/** By these a script learns of its workflow: https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html */
const workflowArguments = { name: "--WORKFLOW_NAME", id: "--WORKFLOW_RUN_ID" };

/** What a trigger says of the job that it starts. */
export function requestOf(action: Action, { workflowRun }: Origin): StartJobRunRequest {
    const { JobName, Timeout, SecurityConfiguration } = action;
    const own = workflowRun && {
        [workflowArguments.name]: workflowRun.name,
        [workflowArguments.id]: workflowRun.id,
    };
    return {
        JobName,
        Arguments: own ? { ...action.Arguments, ...own } : action.Arguments,
        Timeout,
        SecurityConfiguration,
    };
}

/** On whose behalf a run was started. */
export function originOf({ TriggerName: triggerName, Arguments: given = {} }: StoredRun): Origin | undefined {
    if (triggerName === undefined) return undefined;
    const [name, id] = [given[workflowArguments.name], given[workflowArguments.id]];
    return { triggerName, workflowRun: name === undefined || id === undefined ? undefined : { name, id } };
}
