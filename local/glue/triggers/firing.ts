/** When triggers fire, and what they start. @see https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html */
import type { Action } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import type { Ending, Endings } from "../endings";
import { Schedules } from "../schedule";
import type { StoredTrigger, TriggerState } from "./state";

/** What starts jobs and crawlers on behalf of a trigger. */
export interface Starters {
    /** @throws AwsError when the run cannot start */
    readonly startJob: (action: Action, triggerName: string) => void;
    /** @throws AwsError when the crawl cannot start */
    readonly startCrawler: (crawlerName: string, triggerName: string) => void;
}

export class Firing {
    private readonly schedules: Schedules;
    private stopped = false;

    constructor(
        private readonly context: Pick<LocalContext, "log">,
        private readonly state: TriggerState,
        private readonly starters: Starters,
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
    fire({ Name: name, Actions: actions = [] }: StoredTrigger): void {
        this.context.log(`glue: trigger ${name} fires`);
        for (const action of actions) {
            try {
                if (action.CrawlerName !== undefined) this.starters.startCrawler(action.CrawlerName, name);
                else this.starters.startJob(action, name);
            } catch (error) {
                const what = action.CrawlerName ?? action.JobName;
                this.context.log(`glue: trigger ${name} could not start ${what}: ${(error as Error).message}`);
            }
        }
    }

    /**
     * Fires the triggers whose conditions are met now. Only what a trigger started counts, as on AWS: a job that someone
     * starts by hand, or a crawler that its own schedule starts, sets nothing off.
     */
    private ended(ending: Ending): void {
        if (ending.triggerName === undefined || this.stopped) return;
        const watching = this.state.all.filter(({ Type, State }) => Type === "CONDITIONAL" && State === "ACTIVATED");
        for (const trigger of watching) this.note(trigger, ending);
    }

    private note(trigger: StoredTrigger, { kind, name, state }: Ending): void {
        const { Logical: logical = "AND", Conditions: conditions = [] } = trigger.Predicate ?? {};
        const watched = conditions.map(
            (condition) => (kind === "job" ? condition.JobName : condition.CrawlerName) === name,
        );
        if (!watched.includes(true)) return;
        // The last ending of each job and crawler counts.
        const before = this.state.met(trigger.Name);
        const met = conditions.flatMap((condition, index) => {
            const wanted = kind === "job" ? condition.State : condition.CrawlState;
            return (watched[index] ? wanted === state : before.includes(index)) ? [index] : [];
        });
        const fires = logical === "ANY" ? met.length > 0 : met.length === conditions.length;
        this.state.setMet(trigger, fires ? [] : met);
        if (fires) this.fire(trigger);
    }
}
