/** Conditions over a partition's values, in SQL's three-valued logic: undefined is "unknown". */
import { withWildcards } from "../../../patterns";
import type { Comparable, Key } from "./values";

export type Condition = (values: readonly string[]) => boolean | undefined;

export function conjunction(parts: readonly Condition[]): Condition {
    return (values) => {
        const results = parts.map((part) => part(values));
        if (results.includes(false)) return false;
        return results.includes(undefined) ? undefined : true;
    };
}

export function disjunction(parts: readonly Condition[]): Condition {
    return negation(conjunction(parts.map(negation)));
}

export function negation(condition: Condition): Condition {
    return (values) => {
        const result = condition(values);
        return result === undefined ? undefined : !result;
    };
}

export function isNull(key: Key): Condition {
    return (values) => key.value(values[key.index] ?? "") === undefined;
}

export function compare(key: Key, operator: string, literal: string): Condition {
    const other = key.literal(literal);
    return ofValue(key, (value) => holds(value, operator, other));
}

export function between(key: Key, low: string, high: string): Condition {
    return conjunction([compare(key, ">=", low), compare(key, "<=", high)]);
}

export function oneOf(key: Key, literals: readonly string[]): Condition {
    const others = new Set(literals.map((literal) => key.literal(literal)));
    return ofValue(key, (value) => others.has(value));
}

/** `%` stands for any text, `_` for one character; over the value's text, whatever the key's type. */
export function like(key: Key, pattern: string): Condition {
    const wanted = withWildcards(pattern, { "%": ".*", _: "." });
    return (values) => (isNull(key)(values) ? undefined : wanted.test(values[key.index] ?? ""));
}

function ofValue(key: Key, test: (value: Comparable) => boolean): Condition {
    return (values) => {
        const value = key.value(values[key.index] ?? "");
        return value === undefined ? undefined : test(value);
    };
}

function holds(value: Comparable, operator: string, other: Comparable): boolean {
    switch (operator) {
        case "=":
            return value === other;
        case "<>":
            return value !== other;
        case "<":
            return value < other;
        case "<=":
            return value <= other;
        case ">":
            return value > other;
        default:
            return value >= other;
    }
}
