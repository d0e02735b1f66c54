/**
 * Grok: regular expressions with names, for lines of text.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-grok
 */
import { grokPatterns } from "./patterns";

export class GrokError extends Error {}

export interface Compiled {
    readonly expression: RegExp;
    /** Names of the columns with their types as Hive has them. The expression has a group for each, in their order, and no others. */
    readonly columns: ReadonlyMap<string, string>;
}

/** `%{PATTERN}`, `%{PATTERN:field}`, `%{PATTERN:field:type}`. */
const reference = /%\{(?<pattern>\w+)(?::\s*(?<field>[^}:]+?)\s*(?::\s*(?<type>[^}:]+?)\s*)?)?\}/g;
/** The name of what is no column. */
const unwanted = "UNWANTED";
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

/**
 * @param custom patterns of one's own, a name and an expression on each line
 * @throws GrokError
 */
export function grok(pattern: string, custom = ""): Compiled {
    const named = { ...grokPatterns, ...customPatterns(custom) };
    const expand = (text: string, depth: number): string => {
        if (depth > deepest) throw new GrokError(`The GrokPattern ${pattern} has a pattern that refers to itself.`);
        return text.replace(reference, (_, name: string, field: string = unwanted, type: string = "string") => {
            const found = Object.hasOwn(named, name) ? named[name] : undefined;
            if (found === undefined) throw new GrokError(`The GrokPattern ${pattern} has the unknown pattern ${name}.`);
            const hive = Object.hasOwn(types, type) ? types[type] : undefined;
            if (hive === undefined) {
                throw new GrokError(
                    `The field ${field} has the unknown type ${type}. Types: ${Object.keys(types).join(", ")}.`,
                );
            }
            const inside = expand(found, depth + 1);
            return field === unwanted ? `(?:${inside})` : `(?<${field}:${hive}>${inside})`;
        });
    };
    const { source, columns } = withColumns(expand(pattern, 0));
    if (columns.size === 0) throw new GrokError(`The GrokPattern ${pattern} names no field.`);
    try {
        return { expression: new RegExp(source), columns };
    } catch (error) {
        throw new GrokError(`The GrokPattern ${pattern} is no regular expression: ${(error as Error).message}`);
    }
}

/** What is escaped, a character class, or the beginning of a group. */
const groupStart =
    /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:<(?<field>[^>=!:][^>:]*)(?::(?<type>\w+))?>|(?<kind>>|:|=|!|<[=!])))?/g;

/**
 * Groups with a name become those of columns, all others groups without one, atomic ones too, which JavaScript lacks: they match the same lines but
 * for those where nothing may be taken back. A name that stands twice is the first one's.
 */
function withColumns(named: string): { source: string; columns: Map<string, string> } {
    const columns = new Map<string, string>();
    const source = named.replace(groupStart, (whole, field?: string, type: string = "string", kind?: string) => {
        if (!whole.startsWith("(")) return whole;
        if (kind !== undefined) return kind === ">" ? "(?:" : whole;
        if (field === undefined || columns.has(field.toLowerCase())) return "(?:";
        columns.set(field.toLowerCase(), type);
        return "(";
    });
    return { source, columns };
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
