/** The JSON classifier: the schema of JSON lines from the beginning of an object, plain or gzip. */
import { constants, gunzipSync } from "node:zlib";
import { mergeTypes, nullType, scalar, type InferredType, type Schema } from "./types";

export interface JsonSample {
    readonly schema: Schema;
    /** The columns' names as the data spells them; the catalog's are in lower case. */
    readonly paths: readonly string[];
    /** Lines that are objects, and their bytes. */
    readonly records: number;
    readonly bytes: number;
    /** Lines that are not. */
    readonly malformed: number;
}

const [smallestInt, largestInt] = [-2147483648, 2147483647];

export function isGzip(head: Buffer): boolean {
    return head[0] === 0x1f && head[1] === 0x8b;
}

/** As much as can be had of an object of which only the beginning was read. */
export function gunzipHead(head: Buffer): Buffer {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
}

/**
 * Reads the whole lines of a sample.
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when it is not JSON lines: less than half of its lines are JSON objects. A few broken lines
 * do not make a JSON object something else.
 */
export function sampleJsonLines(text: string, complete: boolean): JsonSample | undefined {
    const lines = text.split("\n");
    if (!complete && lines.length > 1) lines.pop();
    const schema = new Map<string, InferredType>();
    const paths = new Map<string, string>();
    const counts = { records: 0, bytes: 0, malformed: 0 };
    for (const line of lines) {
        if (line.trim() === "") continue;
        const record = parseObject(line);
        if (record === undefined) {
            counts.malformed += 1;
            continue;
        }
        counts.records += 1;
        counts.bytes += Buffer.byteLength(line) + 1;
        for (const [name, value] of Object.entries(record)) {
            const column = name.toLowerCase();
            if (!paths.has(column)) paths.set(column, name);
            schema.set(column, mergeTypes(schema.get(column) ?? nullType, typeOfValue(value)));
        }
    }
    if (counts.records === 0 || counts.malformed > counts.records) return undefined;
    return { schema, paths: [...paths.values()], ...counts };
}

function parseObject(line: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(line);
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        return isObject ? (value as Record<string, unknown>) : undefined;
    } catch {
        return undefined;
    }
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
