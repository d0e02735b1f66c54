/** The JSON classifiers: the schema of JSON lines or of one JSON document, from the text of an object. */
import type { Json } from "../classifiers/kinds";
import { parseJsonPath, valuesAt, type JsonStep } from "./jsonPath";
import { mergeTypes, nullType, scalar, type InferredType, type Schema } from "./types";

export interface JsonSample {
    readonly schema: Schema;
    /** The columns' names as the data spells them; the catalog's are in lower case. */
    readonly paths: readonly string[];
    readonly records: number;
    /** Lines that hold none. */
    readonly malformed: number;
}

const [smallestInt, largestInt] = [-2147483648, 2147483647];
/** As AWS calls the one column of a document that is an array. */
const arrayColumn = "array";

/**
 * Reads the whole lines of a sample.
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when it is not JSON lines: less than half of its lines are JSON objects. A few broken lines
 * do not make a JSON object something else.
 */
export function sampleJsonLines(text: string, complete: boolean): JsonSample | undefined {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (!complete && lines.length > 1) lines.pop();
    const records = lines.map(parse).filter(isObject);
    const malformed = lines.length - records.length;
    return malformed > records.length ? undefined : sampleOf(records, malformed);
}

/** Does it look like one document over several lines? An object on each line is taken for JSON lines before. */
export function mayBeDocument(text: string): boolean {
    return /^\s*[[{]/.test(text);
}

/** Of one document: an object is one record, an array the one column `array`, as AWS has it. */
export function sampleJsonDocument(text: string): JsonSample | undefined {
    const document = parse(text);
    if (Array.isArray(document)) return sampleOf([{ [arrayColumn]: document }], 0);
    return isObject(document) ? sampleOf([document], 0) : undefined;
}

/**
 * By a custom classifier's path, in each document.
 * @param text of the whole object, of one document or one on each line
 * @returns undefined where nothing is at the path
 */
export function sampleCustomJson(text: string, { JsonPath }: Json): JsonSample | undefined {
    const steps = parseJsonPath(JsonPath);
    const whole = parse(text);
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const documents = whole === undefined ? lines.map(parse) : [whole];
    const found = documents.map((document) => (document === undefined ? [] : valuesAt(document, steps)));
    const malformed = found.filter((values) => values.length === 0).length;
    if (malformed * 2 > documents.length) return undefined;
    return sampleOf(
        found.flat().map((value) => recordOf(value, steps)),
        malformed,
    );
}

/** What is no object is one field, of the name that leads to it. */
function recordOf(value: unknown, steps: readonly JsonStep[]): Record<string, unknown> {
    if (isObject(value)) return value;
    const last = steps.at(-1);
    const name = last?.kind === "child" ? last.name : Array.isArray(value) ? arrayColumn : "value";
    return { [name]: value };
}

function sampleOf(records: readonly Record<string, unknown>[], malformed: number): JsonSample | undefined {
    if (records.length === 0) return undefined;
    const schema = new Map<string, InferredType>();
    const paths = new Map<string, string>();
    for (const record of records) {
        for (const [name, value] of Object.entries(record)) {
            const column = name.toLowerCase();
            if (!paths.has(column)) paths.set(column, name);
            schema.set(column, mergeTypes(schema.get(column) ?? nullType, typeOfValue(value)));
        }
    }
    return { schema, paths: [...paths.values()], records: records.length, malformed };
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function typeOfValue(value: unknown): InferredType {
    if (value === null) return nullType;
    if (Array.isArray(value)) {
        return { kind: "array", item: value.map(typeOfValue).reduce(mergeTypes, nullType) };
    }
    switch (typeof value) {
        case "boolean":
            return scalar("boolean");
        case "number":
            return scalar(typeOfNumber(value));
        case "object":
            return { kind: "struct", fields: fieldsOf(value as Record<string, unknown>) };
        default:
            return scalar("string");
    }
}

/** JSON.parse has lost the difference of 5 and 5.0: a column of prices is a double as soon as one has a fraction. */
function typeOfNumber(value: number): string {
    if (!Number.isInteger(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return "double";
    return value >= smallestInt && value <= largestInt ? "int" : "bigint";
}

function fieldsOf(record: Record<string, unknown>): Map<string, InferredType> {
    return new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), typeOfValue(value)]));
}
