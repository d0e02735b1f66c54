/** AWS Glue triggers. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html */
import type {
    BatchGetTriggersRequest,
    CreateTriggerRequest,
    GetTriggersRequest,
    ListTriggersRequest,
    UpdateTriggerRequest,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type LocalService } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import type { Endings } from "../endings";
import type { TagStore } from "../tags";
import { Firing, type Starters } from "./firing";
import { described } from "./settings";
import type { StoredTrigger, TriggerState } from "./state";

const largestPage = 200;

/** What triggers know of workflows. */
export interface WorkflowStarter {
    /** @throws EntityNotFoundException */
    readonly check: (workflow: string) => void;
    /** @throws AwsError when no run can start */
    readonly start: (workflow: string) => void;
}

export function createTriggers(
    context: LocalContext,
    tags: TagStore,
    state: TriggerState,
    starters: Starters,
    workflows: WorkflowStarter,
    endings: Endings,
): LocalService {
    const startWorkflow = ({ Name: name, WorkflowName: workflow }: StoredTrigger) => {
        try {
            workflows.start(workflow!);
        } catch (error) {
            context.log(`glue: trigger ${name} could not start workflow ${workflow}: ${(error as Error).message}`);
        }
    };
    const firing = new Firing(context, state, starters, startWorkflow, endings);
    const put = (trigger: StoredTrigger) => {
        state.put(trigger);
        firing.apply(trigger);
    };
    const ofJob = (job: string | undefined) => {
        const starting = state.all.filter(({ Actions = [] }) => Actions.some(({ JobName }) => JobName === job));
        return job === undefined || starting.length === 0 ? state.all : starting;
    };
    const operations = {
        CreateTrigger: (input: CreateTriggerRequest) => {
            const trigger = described(input);
            checkPlace(state, workflows, trigger);
            if (input.StartOnCreation && trigger.Type === "ON_DEMAND") {
                throw new AwsError("InvalidInputException", "StartOnCreation is not supported for ON_DEMAND triggers.");
            }
            if (state.find(trigger.Name) !== undefined) {
                throw new AwsError("AlreadyExistsException", `Trigger ${trigger.Name} already exists.`);
            }
            put({ ...trigger, State: input.StartOnCreation ? "ACTIVATED" : "CREATED" });
            tags.set(state.arn(trigger.Name), input.Tags);
            return { Name: trigger.Name };
        },
        GetTrigger: (input: { Name?: string }) => {
            return { Trigger: state.get(input.Name) };
        },
        GetTriggers: (input: GetTriggersRequest) => {
            const page = pageOf(ofJob(input.DependentJobName), input.NextToken, pageSize(input.MaxResults));
            return { Triggers: page.items, NextToken: page.nextToken };
        },
        ListTriggers: (input: ListTriggersRequest) => {
            const wanted = Object.entries(input.Tags ?? {});
            const names = ofJob(input.DependentJobName)
                .map(({ Name }) => Name)
                .filter((name) => wanted.every(([key, value]) => tags.get(state.arn(name))[key] === value));
            const page = pageOf(names, input.NextToken, pageSize(input.MaxResults));
            return { TriggerNames: page.items, NextToken: page.nextToken };
        },
        BatchGetTriggers: (input: BatchGetTriggersRequest) => {
            const names = [...new Set(input.TriggerNames ?? [])];
            return {
                Triggers: names.flatMap((name) => state.find(name) ?? []),
                TriggersNotFound: names.filter((name) => state.find(name) === undefined),
            };
        },
        UpdateTrigger: (input: UpdateTriggerRequest) => {
            const before = state.get(input.Name);
            const { Name, Type, WorkflowName } = before;
            const after = described({ ...input.TriggerUpdate, Name, Type, WorkflowName });
            put({ ...after, State: before.State });
            return { Trigger: state.get(before.Name) };
        },
        StartTrigger: (input: { Name?: string }) => {
            const trigger = state.get(input.Name);
            if (trigger.Type === "ON_DEMAND") firing.fire(trigger);
            else put({ ...trigger, State: "ACTIVATED" });
            return { Name: trigger.Name };
        },
        StopTrigger: (input: { Name?: string }) => {
            const trigger = state.get(input.Name);
            if (trigger.Type !== "ON_DEMAND") put({ ...trigger, State: "DEACTIVATED" });
            return { Name: trigger.Name };
        },
        // No error for a trigger that is not there, as AWS documents.
        DeleteTrigger: (input: { Name?: string }) => {
            const name = input.Name ?? "";
            firing.remove(name);
            state.remove(name);
            tags.drop(state.arn(name));
            return { Name: name };
        },
    };
    return {
        operations,
        status: () => ({ triggers: state.all.length }),
        stop: () => {
            firing.stop();
            state.flush();
            return Promise.resolve();
        },
    };
}

/** @throws AwsError where the trigger's workflow is not there or begins with another one already */
function checkPlace(
    state: TriggerState,
    workflows: WorkflowStarter,
    { Name, Type, WorkflowName }: StoredTrigger,
): void {
    if (WorkflowName === undefined) return;
    workflows.check(WorkflowName);
    const own = state.all.filter((other) => other.WorkflowName === WorkflowName && other.Name !== Name);
    const first = own.find((other) => other.Type !== "CONDITIONAL");
    if (Type === "CONDITIONAL" || first === undefined) return;
    throw new AwsError(
        "InvalidInputException",
        `The workflow ${WorkflowName} begins with the trigger ${first.Name} already; others in it are CONDITIONAL.`,
    );
}

function pageSize(asked: number | undefined): number {
    return Math.min(asked ?? largestPage, largestPage);
}
