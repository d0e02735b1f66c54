/** How often jobs and crawlers start: by their triggers and schedules, or else as it is stated. */
import { Cron } from "croner";
import type { Lake } from "./lake";
import { daysPerMonth, figure, sum } from "./lines";
import { pricesAsOf } from "./priceList";
import { isObject, objectsAt, textAt, valueAt, type DeclaredResource } from "./resources";

interface Starts {
    readonly perMonth: number;
    /** Where the number comes from: "cron(0 2 * * ? *)". */
    readonly from: string;
}

type Startable = "jobName" | "crawlerName";

/** @param perDay what is stated for a day in which nothing is started by the clock. */
export function startsOf(lake: Lake, target: DeclaredResource, kind: Startable, perDay: number): Starts {
    return (
        byTheClock(lake, target, kind, new Set()) ?? {
            perMonth: perDay * daysPerMonth,
            from: `stated ${figure(perDay)} a day`,
        }
    );
}

/** Undefined where no clock starts it, or its schedule is not known. */
function byTheClock(
    lake: Lake,
    target: DeclaredResource,
    kind: Startable,
    seen: ReadonlySet<string>,
): Starts | undefined {
    if (seen.has(target.urn)) {
        return undefined;
    }
    const seenNow = new Set([...seen, target.urn]);
    const triggers = lake
        .ofType("aws:glue/trigger:Trigger")
        .filter((trigger) => valueAt(trigger, "enabled") !== false)
        .filter((trigger) =>
            (objectsAt(trigger, "actions") ?? []).some(
                (action) => kind in action && lake.isNamed(action[kind], target, trigger),
            ),
        );
    const found = [
        ...triggers.map((trigger) => byTrigger(lake, trigger, seenNow)),
        // A crawler may have a schedule of its own.
        bySchedule(textAt(target, "schedule")),
    ].filter((starts) => starts !== undefined);
    return found.length === 0
        ? undefined
        : { perMonth: sum(found.map(({ perMonth }) => perMonth)), from: found.map(({ from }) => from).join(" and ") };
}

function byTrigger(lake: Lake, trigger: DeclaredResource, seen: ReadonlySet<string>): Starts | undefined {
    if (valueAt(trigger, "type") !== "CONDITIONAL") {
        return bySchedule(textAt(trigger, "schedule"));
    }
    // It fires as often as what it waits for; of several, as the first.
    const conditions = valueAt(trigger, "predicate", "conditions");
    const condition: unknown = Array.isArray(conditions) ? conditions[0] : undefined;
    if (!isObject(condition)) {
        return undefined;
    }
    const [kind, type]: [Startable, string] =
        "jobName" in condition ? ["jobName", "aws:glue/job:Job"] : ["crawlerName", "aws:glue/crawler:Crawler"];
    const source = lake.ofType(type).find((each) => lake.isNamed(condition[kind], each, trigger));
    const starts = source === undefined ? undefined : byTheClock(lake, source, kind, seen);
    return starts === undefined ? undefined : { ...starts, from: `${starts.from} of ${source?.name ?? ""}` };
}

function bySchedule(schedule: string | undefined): Starts | undefined {
    const perMonth = schedule === undefined ? undefined : firingsPerMonth(schedule);
    return perMonth === undefined ? undefined : { perMonth, from: schedule ?? "" };
}

const known = new Map<string, number | undefined>();

/** How often `cron(…)` or `rate(…)` fires in an average month of the prices' year; undefined for what is neither. */
export function firingsPerMonth(schedule: string): number | undefined {
    if (!known.has(schedule)) {
        known.set(schedule, count(schedule));
    }
    return known.get(schedule);
}

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };
/** More than the days of a year, and than the times of a day: Glue fires no more often than every 5 minutes. */
const mostFirings = 366;

function count(schedule: string): number | undefined {
    const [, number, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
    if (number !== undefined && Number(number) > 0) {
        return (daysPerMonth * 24 * 60) / (Number(number) * (minutesOf[unit ?? ""] ?? NaN));
    }
    const [, minutes, hours, ...days] = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(schedule) ?? [];
    if (days.length === 0) {
        return undefined;
    }
    const start = new Date(Date.UTC(Number(pricesAsOf.slice(0, 4)), 0, 1));
    const [nextDay, nextYear] = [new Date(start), new Date(start)];
    nextDay.setUTCDate(2);
    nextYear.setUTCFullYear(start.getUTCFullYear() + 1);
    try {
        // Times of the day and days of the year are counted apart: together they may be a hundred thousand.
        const timesPerDay = firings(["0", minutes!, hours!, "*", "*", "*", "*"], start, nextDay);
        return (timesPerDay * firings(["0", "0", "0", ...days], start, nextYear)) / 12;
    } catch {
        // What Glue would refuse as well.
        return undefined;
    }
}

/** @param fields seconds, minutes, hours, day of month, month, day of week, year, as AWS writes them */
function firings(fields: readonly string[], start: Date, end: Date): number {
    const [seconds, minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
    const weekday = dayOfWeek?.toUpperCase() === "L" ? "SAT" : dayOfWeek?.replace("?", "*");
    const cron = new Cron([seconds, minutes, hours, dayOfMonth?.replace("?", "*"), month, weekday, year].join(" "), {
        mode: "7-part",
        timezone: "UTC",
        // 1 is Sunday, and 1/10 is every tenth from the first, as in AWS's expressions.
        alternativeWeekdays: true,
        sloppyRanges: true,
        paused: true,
    });
    return cron.nextRuns(mostFirings, new Date(start.getTime() - 1)).filter((time) => time < end).length;
}
