/**
 * Parameters of a query: `:name` in its SQL becomes Athena's positional `?`, and a user's text becomes the SQL literal that
 * Athena binds to it. No value is ever pasted into a statement that reads data.
 */
import { tokenize } from "../sql/lexer";
import type { ParameterType, Query, QueryParameter } from "./query";

export interface Placed {
    /** The SQL with `?` for each `:name`. */
    readonly sql: string;
    readonly placeholders: readonly string[];
}

/** @throws SyntaxFault for a quote or comment that is never closed */
export function placeParameters(source: string): Placed {
    const tokens = tokenize(source, false);
    const placeholders: string[] = [];
    let sql = "";
    let copied = 0;
    tokens.forEach(({ kind, value, start, end }, index) => {
        const name = tokens[index + 1];
        if (kind !== "symbol" || value !== ":" || name?.kind !== "word" || name.start !== end) return;
        placeholders.push(name.value);
        sql += `${source.slice(copied, start)}?`;
        copied = name.end;
    });
    return { sql: sql + source.slice(copied), placeholders };
}

/** Where a source has Athena's own `?`, which has no name. @returns a 1-based line, or undefined */
export function lineOfPositional(source: string): number | undefined {
    const found = tokenize(source, false).find(({ kind, value }) => kind === "symbol" && value === "?");
    return found && source.slice(0, found.start).split("\n").length;
}

/** A parameter's value that its type does not take, or a parameter that there is not. */
export class ParameterError extends Error {}

/** Athena's limit of one execution parameter: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
const longestLiteral = 1024;

interface Kind {
    /** The SQL literal, or undefined for a text that is no value of the type. */
    readonly literal: (text: string) => string | undefined;
    readonly form: string;
}

const kinds: Readonly<Record<ParameterType, Kind>> = {
    integer: {
        literal: (text) => (/^-?\d{1,18}$/.test(text) ? text : undefined),
        form: "a whole number of at most 18 digits, such as 3",
    },
    decimal: {
        literal: (text) =>
            /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, "").length <= 38 ? `DECIMAL '${text}'` : undefined,
        form: "a number of at most 38 digits, such as 12.50",
    },
    string: { literal: (text) => `'${text.replaceAll("'", "''")}'`, form: "text" },
    date: {
        literal: (text) => (isDay(text) ? `DATE '${text}'` : undefined),
        form: "a day, such as 2024-02-29",
    },
    timestamp: {
        literal: (text) => {
            const [, day = "", time = ""] =
                /^(\d{4}-\d\d-\d\d)[ T]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?)$/.exec(text) ?? [];
            return isDay(day) ? `TIMESTAMP '${day} ${time}'` : undefined;
        },
        form: "a moment in UTC, such as 2024-02-29 18:30:00",
    },
};

function isDay(text: string): boolean {
    const date = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * The literal that Athena binds to a parameter.
 * @throws ParameterError when the text is no value of the parameter's type
 */
export function literalOf({ name, type }: Pick<QueryParameter, "name" | "type">, text: string): string {
    const { literal, form } = kinds[type];
    const found = literal(text);
    if (found === undefined) throw new ParameterError(`${name}: "${text}" is no ${type}; write ${form}.`);
    if (found.length > longestLiteral)
        throw new ParameterError(`${name}: has ${found.length} characters as SQL; Athena takes ${longestLiteral}.`);
    return found;
}

/**
 * The execution parameters of a query in the order of its `?`: given values, else defaults.
 * @throws ParameterError with everything that is wrong: unknown names, wrong types, missing values
 */
export function bindParameters(
    { parameters, placeholders }: Pick<Query, "parameters" | "placeholders">,
    given: Readonly<Record<string, string>>,
): string[] {
    const known = parameters.map(({ name }) => name);
    const faults = Object.keys(given)
        .filter((name) => !known.includes(name))
        .map(
            (name) =>
                `${name}: there is no such parameter; ${known.length > 0 ? `there are ${known.join(", ")}` : "there is none"}.`,
        );
    const literals = new Map<string, string>();
    for (const parameter of parameters) {
        const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default;
        if (value === undefined) {
            faults.push(`${parameter.name}: is missing (${parameter.type}: ${parameter.description})`);
            continue;
        }
        try {
            literals.set(parameter.name, literalOf(parameter, value));
        } catch (error) {
            if (!(error instanceof ParameterError)) throw error;
            faults.push(error.message);
        }
    }
    if (faults.length > 0) throw new ParameterError(faults.join("\n"));
    return placeholders.map((name) => literals.get(name)!);
}
