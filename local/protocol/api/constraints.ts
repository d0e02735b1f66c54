/** Second step of a request: what the service's model asks of its values, all faults at once, in AWS's words. */
import { shapeOf, within, type ServiceModel, type Shape } from "./model";

const mustNotBeNull = "Member must not be null";

/** Faults show values up to this length; AWS shows them whole, however long. */
const longestShown = 1024;

/**
 * @param value as `read` returned it
 * @returns e.g. `Value 'x' at 'name' failed to satisfy constraint: Member must …`, one for each fault
 */
export function faultsOf(model: ServiceModel, name: string, value: unknown, place = ""): string[] {
    const shape = shapeOf(model, name);
    const own = place === "" ? [] : broken(shape, value).map((fault) => sentence(shape, value, place, fault));
    return [...own, ...inside(model, shape, value, place)];
}

function inside(model: ServiceModel, shape: Shape, value: unknown, place: string): string[] {
    if (shape.type === "structure" && !shape.document) {
        const given = value as Record<string, unknown>;
        const missing = (shape.required ?? []).filter((member) => !Object.hasOwn(given, member));
        return [
            ...missing.map((member) => sentence({ type: "string" }, undefined, within(place, member), mustNotBeNull)),
            ...Object.entries(given).flatMap(([member, of]) =>
                faultsOf(model, shape.members[member] ?? "", of, within(place, member)),
            ),
        ];
    }
    if (shape.type === "list") {
        const items = value as unknown[];
        return [
            ...ofAll(shapeOf(model, shape.member), items, "Member", (fault) => sentence(shape, items, place, fault)),
            ...items.flatMap((item, index) => members(model, shape.member, item, `${place}.${index + 1}.member`)),
        ];
    }
    if (shape.type === "map") {
        const entries = value as Record<string, unknown>;
        const fault = (text: string) => sentence(shape, entries, place, text);
        return [
            ...ofAll(shapeOf(model, shape.key), Object.keys(entries), "Map keys", fault),
            ...ofAll(shapeOf(model, shape.value), Object.values(entries), "Map value", fault),
            ...Object.entries(entries).flatMap(([key, item]) =>
                members(model, shape.value, item, `${place}.${key}.member`),
            ),
        ];
    }
    return [];
}

/** What is inside of an item: its own limits are the list's fault. */
function members(model: ServiceModel, name: string, item: unknown, place: string): string[] {
    return item === null ? [] : inside(model, shapeOf(model, name), item, place);
}

/** AWS names the limits of a list's items together, whichever is broken. */
function ofAll(shape: Shape, items: readonly unknown[], whose: string, fault: (text: string) => string): string[] {
    const good = items.every((item) => item !== null && broken(shape, item).length === 0);
    return good ? [] : [fault(`${whose} must satisfy constraint: [${[...limits(shape), mustNotBeNull].join(", ")}]`)];
}

function broken(shape: Shape, value: unknown): string[] {
    const size = sizeOf(value);
    if (shape.max !== undefined && size > shape.max) return [most(shape)];
    if (shape.min !== undefined && size < shape.min) return [least(shape)];
    if (shape.enum !== undefined && !shape.enum.includes(value as string)) return [oneOf(shape)];
    // Only for texts that are not too long: what a pattern costs grows with the text.
    if (shape.pattern !== undefined && !regexOf(shape.pattern).test(value as string)) return [like(shape)];
    return [];
}

function limits(shape: Shape): string[] {
    return [
        ...(shape.max === undefined ? [] : [most(shape)]),
        ...(shape.min === undefined ? [] : [least(shape)]),
        ...(shape.enum === undefined ? [] : [oneOf(shape)]),
        ...(shape.pattern === undefined ? [] : [like(shape)]),
    ];
}

const most = (shape: Shape) => `Member must have ${measure(shape)} less than or equal to ${shape.max}`;
const least = (shape: Shape) => `Member must have ${measure(shape)} greater than or equal to ${shape.min}`;
const oneOf = (shape: Shape) => `Member must satisfy enum value set: [${shape.enum?.join(", ")}]`;
const like = (shape: Shape) => `Member must satisfy regular expression pattern: ${shape.pattern}`;

function measure({ type }: Shape): string {
    return ["integer", "long", "double", "float"].includes(type) ? "value" : "length";
}

function sizeOf(value: unknown): number {
    if (typeof value === "number") return value;
    // Java counts UTF-16 units, as JavaScript does.
    if (typeof value === "string" || Array.isArray(value)) return value.length;
    return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

const regexes = new Map<string, RegExp>();

/** Java's pattern as JavaScript's, for the whole text, by code points as in Java. */
function regexOf(pattern: string): RegExp {
    let regex = regexes.get(pattern);
    if (regex === undefined) {
        // Java lets any punctuation be escaped; JavaScript, with `u`, only what has a meaning.
        regex = new RegExp(`^(?:${pattern.replace(/\\([_:@])/g, "$1")})$`, "u");
        regexes.set(pattern, regex);
    }
    return regex;
}

function sentence(shape: Shape, value: unknown, place: string, fault: string): string {
    const shown = value === undefined || shape.sensitive ? "Value" : `Value '${textOf(value)}'`;
    return `${shown} at '${place}' failed to satisfy constraint: ${fault}`;
}

/** As Java prints it: `[a, b]`, `{key=value}`. */
function textOf(value: unknown): string {
    let text = String(value);
    if (Array.isArray(value)) text = `[${value.map(textOf).join(", ")}]`;
    else if (typeof value === "object" && value !== null) {
        text = `{${Object.entries(value)
            .map(([key, item]) => `${key}=${textOf(item)}`)
            .join(", ")}}`;
    }
    return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
