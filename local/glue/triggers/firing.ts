/** When triggers fire, and what they start. @see https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html */
import type { Action } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import type { Ending, Endings, Origin } from "../endings";
import { Schedules } from "../schedule";
import { noted } from "./conditions";
import type { StoredTrigger, TriggerState } from "./state";

/** What starts jobs and crawlers on behalf of a trigger; each tells the id of the run or crawl. */
export interface Starters {
    /** @throws AwsError when the run cannot start */
    readonly startJob: (action: Action, origin: Origin) => string;
    /** @throws AwsError when the crawl cannot start */
    readonly startCrawler: (crawlerName: string, origin: Origin) => string;
}

export class Firing {
    private readonly schedules: Schedules;
    private stopped = false;

    constructor(
        private readonly context: Pick<LocalContext, "log">,
        private readonly state: TriggerState,
        private readonly starters: Starters,
        /** Starts a run of the workflow that the trigger belongs to. */
        private readonly startWorkflow: (trigger: StoredTrigger) => void,
        endings: Endings,
    ) {
        this.schedules = new Schedules(context.log);
        for (const trigger of state.all) this.apply(trigger);
        endings.listen((ending) => this.ended(ending));
    }

    /** Makes the schedule that of the trigger as it is now. */
    apply({ Name: name, Type: type, State: state, Schedule: schedule }: StoredTrigger): void {
        if (type !== "SCHEDULED" || state !== "ACTIVATED" || schedule === undefined) this.schedules.remove(name);
        else this.schedules.set(name, schedule, () => this.fire(this.state.get(name)));
    }

    remove(name: string): void {
        this.schedules.remove(name);
    }

    stop(): void {
        this.stopped = true;
        this.schedules.stop();
    }

    /** Starts all that the trigger starts; what cannot start now holds up nothing else. */
    fire(trigger: StoredTrigger): void {
        const { Name: name, Actions: actions = [] } = trigger;
        this.context.log(`glue: trigger ${name} fires`);
        if (trigger.WorkflowName !== undefined) return this.startWorkflow(trigger);
        const origin = { triggerName: name };
        for (const action of actions) {
            try {
                if (action.CrawlerName !== undefined) this.starters.startCrawler(action.CrawlerName, origin);
                else this.starters.startJob(action, origin);
            } catch (error) {
                const what = action.CrawlerName ?? action.JobName;
                this.context.log(`glue: trigger ${name} could not start ${what}: ${(error as Error).message}`);
            }
        }
    }

    /**
     * Fires the triggers whose conditions are met now. Only what a trigger started counts, as on AWS: a job that someone
     * starts by hand, or a crawler that its own schedule starts, sets nothing off. Workflows look after their own.
     */
    private ended(ending: Ending): void {
        if (ending.origin === undefined || ending.origin.workflowRun !== undefined || this.stopped) return;
        const watching = this.state.all.filter(
            ({ Type, State, WorkflowName }) =>
                Type === "CONDITIONAL" && State === "ACTIVATED" && WorkflowName === undefined,
        );
        for (const trigger of watching) this.note(trigger, ending);
    }

    private note(trigger: StoredTrigger, ending: Ending): void {
        const now = noted(trigger, ending, this.state.met(trigger.Name));
        if (now === undefined) return;
        this.state.setMet(trigger, now.fires ? [] : now.met);
        if (now.fires) this.fire(trigger);
    }
}
