/** How many partitions a table's projection makes: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html */

const secondsOf: Readonly<Record<string, number>> = {
    SECONDS: 1,
    MINUTES: 60,
    HOURS: 3600,
    DAYS: 86_400,
    WEEKS: 604_800,
    MONTHS: 2_629_746,
    YEARS: 31_556_952,
};

type Parameters = Readonly<Record<string, string>>;

/**
 * The number of partitions, or undefined where the table has no projection or a key's range cannot be read. A key of type
 * `injected` counts as one: each query has to name its value.
 */
export function projectedPartitions(parameters: Parameters, now = new Date()): number | undefined {
    if (parameters["projection.enabled"]?.toLowerCase() !== "true") {
        return undefined;
    }
    const keys = Object.keys(parameters).flatMap((name) => /^projection\.(.+)\.type$/.exec(name)?.[1] ?? []);
    const counts = keys.map((key) => values(parameters, key, now));
    return counts.every((count) => count !== undefined) ? counts.reduce((all, count) => all * count, 1) : undefined;
}

function values(parameters: Parameters, key: string, now: Date): number | undefined {
    const of = (what: string) => parameters[`projection.${key}.${what}`];
    switch (of("type")?.toLowerCase()) {
        case "injected":
            return 1;
        case "enum":
            return of("values")?.split(",").length;
        case "integer":
            return inRange(of("range"), Number, Number(of("interval") ?? 1));
        case "date": {
            const unit = (of("interval.unit") ?? finestUnit(of("format") ?? "")).toUpperCase();
            const seconds = secondsOf[unit] ?? secondsOf[`${unit}S`];
            return seconds === undefined
                ? undefined
                : inRange(of("range"), (text) => instant(text, now), seconds * Number(of("interval") ?? 1));
        }
        default:
            return undefined;
    }
}

function inRange(range: string | undefined, read: (text: string) => number, step: number): number | undefined {
    const [from, to] = (range ?? "").split(",").map((text) => read(text.trim()));
    if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || !(step > 0)) {
        return undefined;
    }
    return Math.max(0, Math.floor((to - from) / step) + 1);
}

/** Seconds since 1970 of a date in any format that begins with the year, or of `NOW`, `NOW-3YEARS`, `NOW+1DAY`. */
function instant(text: string, now: Date): number {
    const relative = /^NOW\s*(?:([+-])\s*(\d+)\s*([A-Z]+?)S?)?$/i.exec(text);
    if (relative !== null) {
        const [, sign, amount = "0", unit = "DAY"] = relative;
        const offset = Number(amount) * (secondsOf[`${unit.toUpperCase()}S`] ?? NaN);
        return now.getTime() / 1000 + (sign === "-" ? -offset : offset);
    }
    const [year, month = 1, day = 1, hour = 0, minute = 0] = fields(text);
    return year === undefined ? NaN : Date.UTC(year, month - 1, day, hour, minute) / 1000;
}

/** `2020-01-31-23` or `2020013123` → 2020, 1, 31, 23. */
function fields(text: string): number[] {
    const digits = text.replace(/\D/g, "");
    return [digits.slice(0, 4), ...(digits.slice(4).match(/\d\d/g) ?? [])].filter((part) => part !== "").map(Number);
}

/** The unit in which a date format counts, which is Athena's default interval. */
function finestUnit(format: string): string {
    const units: [RegExp, string][] = [
        [/s/, "SECONDS"],
        [/m/, "MINUTES"],
        [/[Hhk]/, "HOURS"],
        [/d/, "DAYS"],
        [/M/, "MONTHS"],
    ];
    return units.find(([pattern]) => pattern.test(format))?.[1] ?? "YEARS";
}
