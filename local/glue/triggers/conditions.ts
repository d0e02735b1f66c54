/** When the conditions of a trigger are met. */
import type { StoredTrigger } from "./state";
import type { Ending } from "../endings";

export interface Noted {
    /** Positions of the conditions that are met now. */
    readonly met: readonly number[];
    /** Whether that is enough for the trigger to fire. */
    readonly fires: boolean;
}

/**
 * The last ending of each job and crawler counts.
 * @param before positions of the conditions that were met
 * @returns undefined when the trigger does not watch what has ended
 */
export function noted(trigger: StoredTrigger, ending: Ending, before: readonly number[]): Noted | undefined {
    const { kind, name, state } = ending;
    const { Logical: logical = "AND", Conditions: conditions = [] } = trigger.Predicate ?? {};
    const watched = conditions.map(
        (condition) => (kind === "job" ? condition.JobName : condition.CrawlerName) === name,
    );
    if (!watched.includes(true)) return undefined;
    const met = conditions.flatMap((condition, index) => {
        const wanted = kind === "job" ? condition.State : condition.CrawlState;
        return (watched[index] ? wanted === state : before.includes(index)) ? [index] : [];
    });
    return { met, fires: logical === "ANY" ? met.length > 0 : met.length === conditions.length };
}
