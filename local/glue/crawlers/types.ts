/** Types of columns as a crawler infers them, and how two of them become one. */

export type InferredType =
    | { readonly kind: "null" }
    | { readonly kind: "scalar"; readonly name: string }
    | { readonly kind: "struct"; readonly fields: ReadonlyMap<string, InferredType> }
    | { readonly kind: "array"; readonly item: InferredType }
    | { readonly kind: "map"; readonly key: InferredType; readonly value: InferredType };

/** Columns in the order in which they were first seen. */
export type Schema = ReadonlyMap<string, InferredType>;

export const nullType: InferredType = { kind: "null" };

export function scalar(name: string): InferredType {
    return { kind: "scalar", name };
}

/** Numbers that hold each other, narrow to wide. */
const widening = ["tinyint", "smallint", "int", "bigint", "double"];

/** Of text, which has no other types than string, bigint and double. */
export function isNumeric(type: InferredType): boolean {
    return type.kind === "scalar" && type.name !== "string";
}

/** The type that holds the values of both; string where nothing else does. */
export function mergeTypes(a: InferredType, b: InferredType): InferredType {
    if (a.kind === "null") return b;
    if (b.kind === "null") return a;
    if (a.kind === "scalar" && b.kind === "scalar") return mergeScalars(a, b);
    if (a.kind === "struct" && b.kind === "struct") return { kind: "struct", fields: mergeSchemas(a.fields, b.fields) };
    if (a.kind === "array" && b.kind === "array") return { kind: "array", item: mergeTypes(a.item, b.item) };
    if (a.kind === "map" && b.kind === "map") {
        return { kind: "map", key: mergeTypes(a.key, b.key), value: mergeTypes(a.value, b.value) };
    }
    return scalar("string");
}

/** Columns of either, each with the type that holds both. */
export function mergeSchemas(a: Schema, b: Schema): Map<string, InferredType> {
    const merged = new Map(a);
    for (const [name, type] of b) {
        const known = merged.get(name);
        merged.set(name, known === undefined ? type : mergeTypes(known, type));
    }
    return merged;
}

function mergeScalars(a: { name: string }, b: { name: string }): InferredType {
    if (a.name === b.name) return scalar(a.name);
    const [rankA, rankB] = [widening.indexOf(a.name), widening.indexOf(b.name)];
    if (rankA < 0 || rankB < 0) return scalar("string");
    return scalar(widening[Math.max(rankA, rankB)] ?? "string");
}

/** As Hive writes it; a column that was never anything but null is a string. */
export function hiveType(type: InferredType): string {
    switch (type.kind) {
        case "null":
            return "string";
        case "scalar":
            return type.name;
        case "array":
            return `array<${hiveType(type.item)}>`;
        case "map":
            return `map<${hiveType(type.key)},${hiveType(type.value)}>`;
        case "struct":
            return `struct<${[...type.fields].map(([name, field]) => `${name}:${hiveType(field)}`).join(",")}>`;
    }
}

/** The reverse of hiveType. */
export function parseHiveType(text: string): InferredType {
    const [, kind, inside = ""] = /^(array|map|struct)<(.*)>$/s.exec(text) ?? [];
    const [first = "", second = ""] = kind === undefined ? [] : topLevelParts(inside);
    switch (kind) {
        case "array":
            return { kind, item: parseHiveType(first) };
        case "map":
            return { kind, key: parseHiveType(first), value: parseHiveType(second) };
        case "struct":
            return { kind, fields: new Map(topLevelParts(inside).map(parseField)) };
        default:
            return scalar(text);
    }
}

function parseField(field: string): [string, InferredType] {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), parseHiveType(field.slice(colon + 1))];
}

/** Split at the commas that are in no brackets. */
function topLevelParts(text: string): string[] {
    const parts = [""];
    let depth = 0;
    for (const character of text) {
        if ("<(".includes(character)) depth += 1;
        if (">)".includes(character)) depth -= 1;
        if (character === "," && depth === 0) parts.push("");
        else parts[parts.length - 1] += character;
    }
    return parts;
}

/** Share of the columns (by name and type) that both have, of those that either has. */
export function similarity(a: Schema, b: Schema): number {
    const names = new Set([...a.keys(), ...b.keys()]);
    const common = [...names].filter((name) => {
        const [ofA, ofB] = [a.get(name), b.get(name)];
        return ofA !== undefined && ofB !== undefined && hiveType(ofA) === hiveType(ofB);
    });
    return names.size === 0 ? 1 : common.length / names.size;
}
