/** The cost difference in words and numbers. */
import { count, plural } from "../format";
import type { CostOfChange } from "./review";
import { typeName } from "./words";
import { wrapped } from "./wrap";

/** Dollars and cents; what is there but below a cent says so. */
export function money(usd: number): string {
    const size = Math.abs(usd);
    if (size === 0) return "$0";
    if (size < 0.005) return "<$0.01";
    const [whole, cents] = size.toFixed(2).split(".");
    return `$${count(Number(whole))}.${cents}`;
}

/** "+$4.40", "−$4.40", "±$0". */
export function signed(usd: number): string {
    return usd === 0 ? "±$0" : `${usd > 0 ? "+" : "−"}${money(usd)}`;
}

/** "+$4.40 a month ($41.20 → $45.60)". */
export function costLine({ before, after, delta, changes }: CostOfChange): string {
    if (changes.length === 0) return `no difference (${money(after)} a month)`;
    return `${signed(delta)} a month (${money(before)} → ${money(after)})`;
}

/** What the numbers rest on, and what they leave out. */
export function costNote({ region, asOf, notPriced }: CostOfChange): string {
    const left = notPriced.map(({ type, count: number, why }) => `${number} × ${typeName(type)} (${why})`);
    const basis = `List prices of ${region} as of ${asOf}, for the volumes in volumes.json.`;
    return left.length === 0 ? basis : `${basis} Not priced: ${left.join(", ")}.`;
}

/** Lines of cost that are listed; the others are one. */
const lineLimit = 12;

/** The lines with the largest differences, and the sum of the others. */
export function largest({ changes }: CostOfChange) {
    const rest = changes.slice(lineLimit);
    const others = { count: rest.length, delta: rest.reduce((sum, { delta }) => sum + delta, 0) };
    return { shown: changes.slice(0, lineLimit), others };
}

/** A table of aligned columns, with the reason below each line. */
export function costText(cost: CostOfChange, width: number): string[] {
    const { shown, others } = largest(cost);
    const rows = shown.map(({ name, service, before, after, delta, what, why }) => ({
        cells: [signed(delta), before === undefined ? "–" : money(before), after === undefined ? "–" : money(after)],
        name: `${service} ${name}`,
        notes: [what, why],
    }));
    if (others.count > 0) {
        rows.push({ cells: [signed(others.delta), "", ""], name: plural(others.count, "other resource"), notes: [] });
    }
    if (cost.unchanged.count > 0) {
        const same = money(cost.unchanged.monthlyUsd);
        rows.push({
            cells: ["±$0", same, same],
            name: `${plural(cost.unchanged.count, "resource")} unchanged`,
            notes: [],
        });
    }
    rows.push({ cells: [signed(cost.delta), money(cost.before), money(cost.after)], name: "total a month", notes: [] });
    const widths = [0, 1, 2].map((column) => Math.max(6, ...rows.map(({ cells }) => cells[column]!.length)));
    const columns = (cells: readonly string[]) =>
        cells.map((cell, column) => cell.padStart(widths[column]!)).join("  ");
    return [
        `  ${columns(["", "before", "after"])}`,
        ...rows.flatMap(({ cells, name, notes }) => [
            `  ${columns(cells)}  ${name}`,
            ...notes.map((note) => wrapped(note, width, 4)),
        ]),
        wrapped(costNote(cost), width, 2),
    ];
}
