/** Quality rules in DQDL for what holds in all of a sample: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html */
import type { ProposedColumn } from "./columns";
import type { Choice } from "./roles";

/** A rule and why it was chosen. */
export interface ProposedRule {
    readonly rule: string;
    readonly reason: string;
}

/** Columns that may be missing have no rule: what one means for them engines see differently. */
export function proposeRules(columns: readonly ProposedColumn[], key: Choice, time: Choice): ProposedRule[] {
    const required = [...new Set([...key.names, ...time.names])];
    return [
        { rule: "RowCount > 0", reason: "a run that publishes nothing is worth a look" },
        ...required.map((name) => ({ rule: `IsComplete "${name}"`, reason: "part of the key, or the time of a row" })),
        key.names.length === 1
            ? { rule: `IsUnique "${key.names[0]}"`, reason: "the key" }
            : { rule: `IsPrimaryKey ${key.names.map((name) => `"${name}"`).join(" ")}`, reason: "the key" },
        ...columns
            .filter(({ column, field }) => isAmount(column.type) && !column.nullable && (field.least ?? -1) >= 0)
            .map(({ column, field }) => ({
                rule: `ColumnValues "${column.name}" >= 0`,
                reason: `from ${field.least} to ${field.most} in the sample, never below 0`,
            })),
    ];
}

export function isAmount(type: string): boolean {
    return type === "int" || type === "bigint" || type === "double" || type.startsWith("decimal");
}
