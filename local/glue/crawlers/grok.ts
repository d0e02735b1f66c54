/**
 * Grok classifiers: lines of text by named regular expressions.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-grok
 */
import * as vm from "node:vm";
import type { Grok } from "../classifiers/kinds";
import { grokPatterns } from "./grokPatterns";
import { scalar, type InferredType, type Schema } from "./types";

export class GrokError extends Error {}

export interface GrokSample {
    readonly schema: Schema;
    readonly records: number;
    readonly malformed: number;
}

export interface Compiled {
    readonly expression: RegExp;
    /** A group for each column, in their order, and no others. */
    readonly schema: Schema;
}

/** `%{PATTERN}`, `%{PATTERN:field}`, `%{PATTERN:field:type}`. */
const reference = /%\{(?<pattern>\w+)(?::\s*(?<field>[^}:]+?)\s*(?::\s*(?<type>[^}:]+?)\s*)?)?\}/g;
/** Types that a field may be cast to, as Hive names them. */
const types: Readonly<Record<string, string>> = {
    string: "string",
    byte: "tinyint",
    boolean: "boolean",
    double: "double",
    short: "smallint",
    int: "int",
    long: "bigint",
    float: "float",
};
/** Patterns within patterns; more refer to themselves. */
const deepest = 50;
/** Milliseconds for a sample: some expressions take longer than anyone waits for some lines. */
const patience = 5_000;
const mostLines = 10_000;

/** @throws GrokError */
export function grok(pattern: string, custom = ""): Compiled {
    const named = { ...grokPatterns, ...customPatterns(custom) };
    const schema = new Map<string, InferredType>();
    const expand = (text: string, depth: number): string => {
        if (depth > deepest) throw new GrokError(`The GrokPattern ${pattern} has a pattern that refers to itself.`);
        return text.replace(reference, (_, name: string, field?: string, type: string = "string") => {
            const found = Object.hasOwn(named, name) ? named[name] : undefined;
            if (found === undefined) throw new GrokError(`The GrokPattern ${pattern} has the unknown pattern ${name}.`);
            const hive = Object.hasOwn(types, type) ? types[type] : undefined;
            if (hive === undefined) {
                throw new GrokError(
                    `The field ${field} has the unknown type ${type}. Types: ${Object.keys(types).join(", ")}.`,
                );
            }
            const inside = expand(found, depth + 1);
            return field === undefined ? `(?:${inside})` : `(?<${field}:${hive}>${inside})`;
        });
    };
    const source = withColumns(expand(pattern, 0), schema);
    if (schema.size === 0) throw new GrokError(`The GrokPattern ${pattern} names no field.`);
    try {
        return { expression: new RegExp(source), schema };
    } catch (error) {
        throw new GrokError(`The GrokPattern ${pattern} is no regular expression: ${(error as Error).message}`);
    }
}

/** In a character class, escaped, or the beginning of a group. */
const groupStart =
    /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:<(?<field>[^>=!:][^>:]*)(?::(?<type>\w+))?>|(?<kind>>|:|=|!|<[=!])))?/g;

/**
 * Groups with a name become columns, all others take part in no column. Atomic groups, which JavaScript lacks, become plain ones: they match
 * the same lines but for those where nothing may be taken back. A name that stands twice is the first one's.
 */
function withColumns(source: string, schema: Map<string, InferredType>): string {
    return source.replace(groupStart, (whole, field?: string, type: string = "string", kind?: string) => {
        if (!whole.startsWith("(")) return whole;
        if (kind !== undefined) return kind === ">" ? "(?:" : whole;
        if (field === undefined || schema.has(field.toLowerCase())) return "(?:";
        schema.set(field.toLowerCase(), scalar(type));
        return "(";
    });
}

/** A name and an expression on each line. @throws GrokError */
function customPatterns(text: string): Record<string, string> {
    const lines = text.split("\n").map((line) => line.trim());
    return Object.fromEntries(
        lines
            .filter((line) => line !== "" && !line.startsWith("#"))
            .map((line) => {
                const [, name, pattern] = /^(\w+)\s+(.+)$/.exec(line) ?? [];
                if (name === undefined || pattern === undefined) {
                    throw new GrokError(`The line "${line}" of CustomPatterns is not a name and a pattern.`);
                }
                return [name, pattern];
            }),
    );
}

/**
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when the pattern does not match most of the lines
 * @throws when it takes too long
 */
export function sampleGrok(text: string, complete: boolean, classifier: Grok): GrokSample | undefined {
    if (text.includes("\0")) return undefined;
    const { expression, schema } = grok(classifier.GrokPattern, classifier.CustomPatterns);
    const lines = text.split(/\r?\n/).filter((line) => line !== "");
    if (!complete && lines.length > 1) lines.pop();
    const looked = lines.slice(0, mostLines);
    const matched = matches(expression, looked, classifier.Name);
    if (matched === 0 || matched * 2 < looked.length) return undefined;
    return {
        schema,
        records: Math.round((lines.length * matched) / looked.length),
        malformed: looked.length - matched,
    };
}

function matches(expression: RegExp, lines: readonly string[], name: string): number {
    const context = vm.createContext({ expression, lines });
    try {
        return vm.runInContext("lines.filter((line) => expression.test(line)).length", context, {
            timeout: patience,
        }) as number;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        throw new Error(
            `The GrokPattern of the classifier ${name} takes longer than ${patience / 1000} s for the first ${lines.length} lines. ` +
                "Patterns with one repetition inside another are slow.",
        );
    }
}
