/** First step of a request: its JSON becomes the input's shape, or is refused for a value of the wrong JSON type. */
import { AwsError } from "../operations";
import { shapeOf, within, type ServiceModel, type Shape } from "./model";

/** Jackson, AWS's JSON parser, takes 1000; no shape of ours is as deep as this but by hostile nesting. */
const deepest = 100;

/** JavaScript's dates end here, in seconds from 1970 either way. */
const lastSecond = 8.64e12;

const numbers: Readonly<Record<string, { readonly shown: string; readonly least: number; readonly most: number }>> = {
    integer: { shown: "an Integer", least: -(2 ** 31), most: 2 ** 31 - 1 },
    long: { shown: "a Long", least: -(2 ** 63), most: 2 ** 63 - 1 },
};

/**
 * @returns a copy with the shape's members alone: unknown ones and nulls are left out, as AWS ignores them
 * @throws SerializationException
 */
export function read(model: ServiceModel, name: string, value: unknown, place = "", depth = 0): unknown {
    if (depth > deepest) throw unreadable(`More than ${deepest} levels of nesting`, place);
    const shape = shapeOf(model, name);
    const below = (part: string, of: string, given: unknown) =>
        given === null ? null : read(model, of, given, within(place, part), depth + 1);
    switch (shape.type) {
        case "structure":
            return shape.document ? document(value, place, depth) : structure(shape, value, place, below);
        case "list":
            if (!Array.isArray(value)) throw wrongType(value, "list", place);
            return value.map((item, index) => below(`${index + 1}.member`, shape.member, item));
        case "map":
            if (!isObject(value)) throw wrongType(value, "map", place);
            return Object.fromEntries(
                Object.entries(value).map(([key, item]) => [key, below(`${key}.member`, shape.value, item)]),
            );
        default:
            return scalar(shape, value, place);
    }
}

function structure(
    shape: Extract<Shape, { type: "structure" }>,
    value: unknown,
    place: string,
    below: (part: string, of: string, given: unknown) => unknown,
): object {
    if (!isObject(value)) throw wrongType(value, "structure", place);
    const known = Object.entries(value).filter(([key, given]) => given !== null && Object.hasOwn(shape.members, key));
    return Object.fromEntries(known.map(([key, given]) => [key, below(key, shape.members[key] ?? "", given)]));
}

function document(value: unknown, place: string, depth: number): unknown {
    if (depth > deepest) throw unreadable(`More than ${deepest} levels of nesting`, place);
    if (typeof value === "object" && value !== null) {
        for (const item of Object.values(value)) document(item, place, depth + 1);
    }
    return value;
}

function scalar(shape: Shape, value: unknown, place: string): unknown {
    switch (shape.type) {
        case "string":
        case "blob":
            if (typeof value !== "string") throw wrongScalar(value, "a String", place);
            return value;
        case "boolean":
            if (typeof value !== "boolean") throw wrongScalar(value, "a Boolean", place);
            return value;
        case "timestamp":
            if (shape.timestampFormat === "iso8601" ? isTimeText(value) : isTime(value)) return value;
            throw wrongScalar(value, "milliseconds since epoch", place);
        case "double":
        case "float":
            // The protocol's texts for what JSON numbers cannot say.
            if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
            if (typeof value === "number" && Number.isFinite(value)) return value;
            throw wrongScalar(value, "a Double", place);
        default: {
            const { shown, least, most } = numbers[shape.type]!;
            const whole = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
            if (!whole) throw wrongScalar(value, shown, place);
            return value;
        }
    }
}

function isTime(value: unknown): boolean {
    return typeof value === "number" && Math.abs(value) <= lastSecond;
}

function isTimeText(value: unknown): boolean {
    return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(value: unknown, wanted: string, place: string): AwsError {
    return unreadable(`${jsonType(value)} found where a ${wanted} was expected`, place);
}

function wrongScalar(value: unknown, wanted: string, place: string): AwsError {
    if (Array.isArray(value)) return unreadable("Start of list found where not expected", place);
    if (isObject(value)) return unreadable("Start of structure or map found where not expected", place);
    return unreadable(`${jsonType(value)} can not be converted to ${wanted}`, place);
}

/** As AWS's parser names the kinds of JSON values. */
function jsonType(value: unknown): string {
    if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
    if (typeof value === "string") return "STRING_VALUE";
    if (typeof value === "number") return "NUMBER_VALUE";
    if (value === null) return "NULL_VALUE";
    return Array.isArray(value) ? "Start of list" : "Start of structure or map";
}

function unreadable(what: string, place: string): AwsError {
    return new AwsError("SerializationException", place === "" ? what : `${what} (at '${place}')`);
}
