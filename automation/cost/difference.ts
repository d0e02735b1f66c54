/** What a change costs: two estimates, resource by resource. */
import type { CostEstimate } from "./estimate";
import { sum, type CostLine } from "./lines";

export interface CostChange {
    readonly service: string;
    readonly resource: string | undefined;
    readonly name: string;
    /** US dollars a month; undefined where the resource is not there or not priced. */
    readonly before: number | undefined;
    readonly after: number | undefined;
    readonly delta: number;
    /** What is paid for and the formula after the change, or before it where the resource goes. */
    readonly what: string;
    readonly why: string;
}

export interface CostDifference {
    /** Resources whose lines changed, the largest difference first. */
    readonly changes: readonly CostChange[];
    /** The rest, in one sum. */
    readonly unchanged: { readonly count: number; readonly monthlyUsd: number };
    readonly before: number;
    readonly after: number;
    readonly delta: number;
}

/** Sums of floating-point numbers may differ by less than this without a change. */
const noise = 1e-9;

export function compareCosts(before: CostEstimate, after: CostEstimate): CostDifference {
    const [old, now] = [byResource(before.lines), byResource(after.lines)];
    const compared = [...new Set([...old.keys(), ...now.keys()])].map((key) => change(old.get(key), now.get(key)));
    const isChange = (each: CostChange) =>
        each.before === undefined || each.after === undefined || Math.abs(each.delta) > noise;
    const unchanged = compared.filter((each) => !isChange(each));
    return {
        changes: compared
            .filter(isChange)
            .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (a.name < b.name ? -1 : 1)),
        unchanged: { count: unchanged.length, monthlyUsd: sum(unchanged.map((each) => each.after ?? 0)) },
        before: before.monthlyUsd,
        after: after.monthlyUsd,
        delta: after.monthlyUsd - before.monthlyUsd,
    };
}

function byResource(lines: readonly CostLine[]): Map<string, CostLine[]> {
    const groups = new Map<string, CostLine[]>();
    for (const each of lines) {
        const key = each.resource ?? `${each.service} ${each.name}`;
        groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return groups;
}

function change(old: readonly CostLine[] = [], now: readonly CostLine[] = []): CostChange {
    const shown = now.length > 0 ? now : old;
    const [{ service, resource, name } = { service: "", resource: undefined, name: "" }] = shown;
    const total = (lines: readonly CostLine[]) =>
        lines.length === 0 ? undefined : sum(lines.map((l) => l.monthlyUsd));
    const [before, after] = [total(old), total(now)];
    return {
        service,
        resource,
        name,
        before,
        after,
        delta: (after ?? 0) - (before ?? 0),
        what: shown.map((each) => each.what).join("; "),
        why: shown.map((each) => each.why).join(" "),
    };
}
