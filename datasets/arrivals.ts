/** How much sample data arrives on which day: the part of a generator that does not depend on what the rows are. */
import type { GenerateOptions } from "./generator";
import { Random } from "./random";

const dayMs = 86_400_000;
const daysLateAtMost = 3;

export const generateDefaults = {
    rows: 100_000,
    days: 90,
    start: "2024-01-01",
    seed: 42,
    firstDay: 0,
    badRate: 0.02,
    duplicateRate: 0.01,
    lateRate: 0.01,
    maxFileBytes: 64 * 1024 * 1024,
};

export type GenerateSettings = typeof generateDefaults & { readonly dayCount: number };

/** Streams of random numbers that must not meet. */
export const enum Stream {
    Row,
    Dirt,
    Duplicate,
    /** Of what several rows share. */
    Group,
}

/** @throws RangeError naming the option that is out of range. */
export function settle(options: GenerateOptions): GenerateSettings {
    const given = { ...generateDefaults, ...options };
    const settings = { ...given, dayCount: options.dayCount ?? Math.max(1, given.days - given.firstDay) };
    const whole = ["rows", "days", "seed", "firstDay", "dayCount", "maxFileBytes"] as const;
    const wrong = whole.find((name) => !Number.isSafeInteger(settings[name]) || settings[name] < 0);
    if (wrong !== undefined || settings.days < 1 || settings.maxFileBytes < 1) {
        throw new RangeError(
            `generate: ${wrong ?? "days and maxFileBytes"} must be a whole number, days and maxFileBytes at least 1.`,
        );
    }
    const rate = (["badRate", "duplicateRate", "lateRate"] as const).find(
        (name) => !(settings[name] >= 0 && settings[name] <= 1),
    );
    if (rate !== undefined) {
        throw new RangeError(`generate: ${rate} is ${settings[rate]}; it must be between 0 and 1.`);
    }
    const start = new Date(`${settings.start}T00:00:00Z`);
    if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== settings.start) {
        throw new RangeError(`generate: start is "${settings.start}"; it must be a day written YYYY-MM-DD.`);
    }
    return settings;
}

/** How much arrives on each day. A day follows from the seed, its index, the start and the rows per day alone. */
export class ArrivalPlan {
    private readonly firstMs: number;
    private readonly rowsPerWeight: number;

    /** @param weekdayWeights share of a week's rows by UTC weekday, Sunday first */
    constructor(
        readonly settings: GenerateSettings,
        private readonly weekdayWeights: readonly number[],
    ) {
        this.firstMs = Date.parse(`${settings.start}T00:00:00Z`);
        this.rowsPerWeight = settings.rows / this.weightBefore(settings.days);
    }

    /** YYYY-MM-DD. */
    date(day: number): string {
        return new Date(this.firstMs + day * dayMs).toISOString().slice(0, 10);
    }

    /** The day of an event that arrives on the given one: the same, or by the late rate one to three days before. */
    eventDay(day: number, random: Random): number {
        const late = random.next() < this.settings.lateRate && day > 0;
        return late ? day - 1 - random.below(Math.min(daysLateAtMost, day)) : day;
    }

    /** Clean rows; over the first `days` days they add up to `rows`. */
    clean(day: number): number {
        return this.cleanBefore(day + 1) - this.cleanBefore(day);
    }

    bad(day: number): number {
        return this.shareOf(day, this.settings.badRate);
    }

    /** Row indices of the day's clean rows that are sent twice, those sent again the same day and the next. */
    duplicates(day: number): { sameDay: number[]; nextDay: number[] } {
        const sameDay: number[] = [];
        const nextDay: number[] = [];
        const clean = day < 0 ? 0 : this.clean(day);
        for (let index = 0; clean > 0 && index < this.shareOf(day, this.settings.duplicateRate); index++) {
            const random = new Random(this.settings.seed, Stream.Duplicate, day, index);
            (random.next() < 0.5 ? sameDay : nextDay).push(random.below(clean));
        }
        return { sameDay: sameDay.sort((a, b) => a - b), nextDay };
    }

    private shareOf(day: number, rate: number): number {
        return Math.round(this.cleanBefore(day + 1) * rate) - Math.round(this.cleanBefore(day) * rate);
    }

    private cleanBefore(day: number): number {
        return Math.round(this.rowsPerWeight * this.weightBefore(day));
    }

    /** Sum of the weights of the days before the given one; whole weeks weigh the same. */
    private weightBefore(day: number): number {
        const firstWeekday = new Date(this.firstMs).getUTCDay();
        const week = this.weekdayWeights.reduce((sum, weight) => sum + weight, 0);
        let weight = Math.floor(day / 7) * week;
        for (let index = 0; index < day % 7; index++) {
            weight += this.weekdayWeights[(firstWeekday + index) % 7]!;
        }
        return weight;
    }
}
