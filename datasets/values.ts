/** Values that sample rows are made of. */
import { weighted, type Random } from "./random";

export function pick<T>(values: readonly T[], random: Random): T {
    return values[random.below(values.length)]!;
}

/** 1999 → "19.99". */
export function money(cents: number): string {
    return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** The second of a day as "HH:MM:SS". */
export function clock(second: number): string {
    const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
    return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/**
 * The second of the day by which a share of the day's rows is done: rising shares give rising times.
 * @param hourWeights share of the rows by hour of the day
 */
export function secondOfDay(hourWeights: readonly number[]): (share: number) => number {
    const drawHour = weighted(hourWeights);
    const total = hourWeights.reduce((sum, weight) => sum + weight, 0);
    const starts = hourWeights.map(
        (_, hour) => hourWeights.slice(0, hour).reduce((sum, weight) => sum + weight, 0) / total,
    );
    return (share) => {
        const hour = drawHour(share);
        const within = (share - starts[hour]!) / (hourWeights[hour]! / total);
        return hour * 3600 + Math.min(3599, Math.max(0, Math.floor(within * 3600)));
    };
}
