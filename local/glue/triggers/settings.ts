/** Checks of what CreateTrigger and UpdateTrigger are given, and the form in which it is kept. */
import type { Action, Condition, CreateTriggerRequest, Predicate } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";
import { refuseMembers } from "../catalog/state";
import { checkSchedule } from "../schedule";
import type { StoredTrigger } from "./state";

type Given = Partial<
    Pick<
        CreateTriggerRequest,
        | "Name"
        | "Type"
        | "Description"
        | "Schedule"
        | "Actions"
        | "Predicate"
        | "WorkflowName"
        | "EventBatchingCondition"
    >
>;

/** What triggers watch for: https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html */
const jobStates: readonly string[] = ["SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT"];
const crawlStates: readonly string[] = ["SUCCEEDED", "FAILED", "CANCELLED"];
const mostCrawlers = 2;

/** The trigger as GetTrigger shows it, in the state CREATED. @throws InvalidInputException */
export function described(given: Given): StoredTrigger {
    const { Name: name = "", Type: type = "ON_DEMAND", Actions: actions = [], Schedule, Predicate } = given;
    if (!/^[^\0\r\n]{1,255}$/.test(name)) throw invalid("Name must be one line of 1 to 255 characters.");
    checkActions(actions);
    if (type !== "EVENT") refuse(given, "EventBatchingCondition");
    switch (type) {
        case "ON_DEMAND":
            refuse(given, "Schedule", "Predicate");
            break;
        case "SCHEDULED":
            refuse(given, "Predicate");
            if (!Schedule) throw invalid("A trigger of type SCHEDULED needs a Schedule.");
            checkSchedule(Schedule);
            break;
        case "CONDITIONAL":
            refuse(given, "Schedule");
            break;
        case "EVENT":
            refuse(given, "Schedule", "Predicate");
            if (!given.WorkflowName)
                throw invalid("A trigger of type EVENT needs a WorkflowName: it starts a workflow.");
            break;
        default:
            throw invalid(`The type ${String(type)} is none of SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT.`);
    }
    return {
        Name: name,
        Type: type,
        State: "CREATED",
        Description: given.Description,
        Schedule,
        Actions: actions,
        Predicate: type === "CONDITIONAL" ? checkedPredicate(Predicate ?? {}) : undefined,
        WorkflowName: given.WorkflowName,
        EventBatchingCondition: given.EventBatchingCondition,
    };
}

function refuse(given: Given, ...members: (keyof Given)[]): void {
    const surplus = members.filter((member) => given[member] !== undefined);
    if (surplus.length > 0) throw invalid(`A trigger of type ${given.Type} has no ${surplus.join(", ")}.`);
}

function checkActions(actions: readonly Action[]): void {
    if (actions.length === 0) throw invalid("A trigger needs at least one of Actions.");
    for (const action of actions) {
        if ((action.JobName === undefined) === (action.CrawlerName === undefined)) {
            throw invalid("An action starts either a JobName or a CrawlerName.");
        }
        refuseMembers(action, "NotificationProperty");
        if (action.CrawlerName !== undefined && Object.keys(action).length > 1) {
            throw invalid(`The action that starts the crawler ${action.CrawlerName} takes nothing else.`);
        }
    }
    const crawlers = actions.filter((action) => action.CrawlerName !== undefined).length;
    if (crawlers > mostCrawlers) throw invalid(`A trigger starts at most ${mostCrawlers} crawlers, not ${crawlers}.`);
}

function checkedPredicate({ Logical: logical, Conditions: conditions = [] }: Predicate): Predicate {
    if (conditions.length === 0) throw invalid("A trigger of type CONDITIONAL needs a Predicate with Conditions.");
    if (conditions.length > 1 && logical === undefined) throw invalid("Several conditions need a Logical: AND or ANY.");
    if (logical !== undefined && logical !== "AND" && logical !== "ANY") {
        throw invalid(`Logical is ${String(logical)}; it must be AND or ANY.`);
    }
    return { Logical: logical, Conditions: conditions.map(checkedCondition) };
}

function checkedCondition(condition: Condition): Condition {
    const { JobName: job, State: state, CrawlerName: crawler, CrawlState: crawlState } = condition;
    const ofJob = job !== undefined && crawler === undefined && crawlState === undefined;
    const ofCrawler = crawler !== undefined && job === undefined && state === undefined;
    if (!ofJob && !ofCrawler)
        throw invalid("A condition is of a JobName and State, or of a CrawlerName and CrawlState.");
    if (ofJob && !jobStates.includes(state ?? "")) {
        throw invalid(`The State ${state} of job ${job} must be one of ${jobStates.join(", ")}.`);
    }
    if (ofCrawler && !crawlStates.includes(crawlState ?? "")) {
        throw invalid(`The CrawlState ${crawlState} of crawler ${crawler} must be one of ${crawlStates.join(", ")}.`);
    }
    return { ...condition, LogicalOperator: condition.LogicalOperator ?? "EQUALS" };
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
