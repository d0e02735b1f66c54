/**
 * Time-based schedules of triggers and crawlers: `cron(Minutes Hours Day-of-month Month Day-of-week Year)` in UTC.
 * @see https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
 */
import { Cron } from "croner";
import { AwsError } from "../protocol/operations";

/** What each field may hold, by AWS's table; `#`, which other services know, is not in it. */
const fields: readonly { readonly name: string; readonly pattern: RegExp }[] = [
    { name: "Minutes", pattern: /^[\d,\-*/]+$/ },
    { name: "Hours", pattern: /^[\d,\-*/]+$/ },
    { name: "Day-of-month", pattern: /^(\?|[\d,\-*/LW]+)$/ },
    { name: "Month", pattern: /^[\dA-Z,\-*/]+$/i },
    { name: "Day-of-week", pattern: /^(\?|[\dA-Z,\-*/]+)$/i },
    { name: "Year", pattern: /^[\d,\-*/]+$/ },
];
const firstYear = 1970;
const lastYear = 2199;
const shortestMinutes = 5;
/** More firing times than one day has at the highest rate: two that lie too close show among them. */
const dayOfFirings = 300;

/** @throws InvalidInputException for what is no schedule of Glue's */
export function checkSchedule(expression: string): void {
    const cron = parse(expression);
    const times = cron.nextRuns(dayOfFirings).map((time) => time.getTime());
    const tooClose = times.some(
        (time, index) => index > 0 && time - (times[index - 1] ?? 0) < shortestMinutes * 60_000,
    );
    if (tooClose) throw invalid(expression, `it fires more often than every ${shortestMinutes} minutes.`);
}

/** The first times after `from` at which the expression fires; fewer when its years end. */
export function firingTimes(expression: string, from: Date, count: number): Date[] {
    return parse(expression).nextRuns(count, from);
}

/** Timers by key. Firings that fell into a time when the local AWS was down are not made up for. */
export class Schedules {
    private readonly timers = new Map<string, Cron>();

    /** @param log told when what a schedule fires fails */
    constructor(private readonly log: (line: string) => void) {}

    /** Fires by the expression from now on, and no longer by the one that the key had. @throws InvalidInputException */
    set(key: string, expression: string, fire: () => void): void {
        const cron = parse(expression, (error) => this.log(`glue: schedule of ${key}: ${String(error)}`));
        this.remove(key);
        this.timers.set(key, cron);
        cron.schedule(fire);
    }

    remove(key: string): void {
        this.timers.get(key)?.stop();
        this.timers.delete(key);
    }

    stop(): void {
        for (const key of [...this.timers.keys()]) this.remove(key);
    }
}

function parse(expression: string, failed: (error: unknown) => void = () => undefined): Cron {
    const given = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
    if (given === undefined) throw invalid(expression, "it must be cron(…).");
    if (given.length !== fields.length) {
        throw invalid(expression, `it must have ${fields.length} fields and has ${given.length}.`);
    }
    fields.forEach(({ name, pattern }, index) => {
        if (!pattern.test(given[index] ?? "")) throw invalid(expression, `${name} cannot be ${given[index]}.`);
    });
    const [minutes, hours, dayOfMonth = "", month, dayOfWeek = "", year = ""] = given;
    if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
        throw invalid(expression, "exactly one of Day-of-month and Day-of-week must be ?.");
    }
    const years = (year.match(/\d{3,}/g) ?? []).map(Number);
    if (years.some((value) => value < firstYear || value > lastYear)) {
        throw invalid(expression, `Year must be from ${firstYear} to ${lastYear}.`);
    }
    const days = [dayOfMonth.replace("?", "*"), month, lastDayOfWeek(dayOfWeek).replace("?", "*")];
    try {
        return new Cron(["0", minutes, hours, ...days, year].join(" "), {
            mode: "7-part",
            timezone: "UTC",
            // 1 is Sunday, and 1/10 is every tenth from the first, as in AWS's expressions.
            alternativeWeekdays: true,
            sloppyRanges: true,
            unref: true,
            catch: failed,
        });
    } catch (error) {
        throw invalid(expression, (error as Error).message.replace(/^CronPattern: /, ""));
    }
}

/** `L` alone is the week's last day, Saturday; after a day it is the month's last such day, as for croner. */
function lastDayOfWeek(dayOfWeek: string): string {
    return dayOfWeek.toUpperCase() === "L" ? "SAT" : dayOfWeek;
}

function invalid(expression: string, reason: string): AwsError {
    return new AwsError("InvalidInputException", `The schedule ${expression} is not valid: ${reason}`);
}
