/** JSON whose text depends only on the value: the same document never shows as a difference. */

/** The value as JSON with the keys of every object in order; `undefined` members are left out, as JSON.stringify does. */
export function stableJson(value: unknown): string {
    return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    if (value !== null && typeof value === "object") {
        const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
        return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
    }
    return value;
}
