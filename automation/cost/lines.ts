/** A line of an estimate, and how its numbers are written. */
import { count } from "../format";
import type { DeclaredResource } from "./resources";

export interface CostLine {
    /** AWS service, as its bill names it in short: "Glue". */
    readonly service: string;
    /** URN; undefined for what no single resource causes. */
    readonly resource: string | undefined;
    readonly name: string;
    /** What is paid for: "2 × G.1X workers, 30.4 runs of 10 min". */
    readonly what: string;
    /** US dollars a month, not rounded. */
    readonly monthlyUsd: number;
    /** The formula with its numbers, and what it assumes. */
    readonly why: string;
}

/** Lines of one resource, or why it has none although AWS may bill it. */
export type Priced = readonly CostLine[] | { readonly notPriced: string };

/** A month on average, as bills of a year come out. */
export const daysPerMonth = 365 / 12;
export const hoursPerMonth = daysPerMonth * 24;

export function line(
    service: string,
    resource: DeclaredResource,
    what: string,
    monthlyUsd: number,
    why: string,
): CostLine {
    return { service, resource: resource.urn, name: resource.name, what, monthlyUsd, why };
}

/** With at most four significant digits, and all of a whole number: 30.41666 → "30.42", 12345 → "12,345". */
export function figure(value: number): string {
    return value >= 1000 ? count(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** A price as the price list writes it: "$0.44". */
export function usd(value: number): string {
    return `$${value}`;
}

export function sum(values: Iterable<number>): number {
    return [...values].reduce((total, value) => total + value, 0);
}
