/** The front matter of a query file: the YAML in the block comment that the file begins with. */
import { parseDocument } from "yaml";
import { choiceFault, emptyFault, fault, longFault, type Fault } from "./faults";
import { literalOf, ParameterError } from "./parameters";
import {
    chartKinds,
    parameterTypes,
    type Query,
    type QueryChart,
    type QueryColumn,
    type QueryParameter,
} from "./query";
import { isNumericType, resultTypeFault } from "./resultTypes";

export type FrontMatter = Pick<Query, "title" | "question" | "parameters" | "columns" | "chart">;

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html */
const longestDescription = 1024;

/** @returns the YAML, on the lines that it has in the file, and the statement after it; undefined where the file has no front matter */
export function splitFile(text: string): { yaml: string; statement: string } | undefined {
    const end = text.indexOf("*/");
    return text.startsWith("/*") && end > 0 ? { yaml: text.slice(2, end), statement: text.slice(end + 2) } : undefined;
}

/**
 * @param file for the faults' paths
 * @returns a front matter where the YAML can be read; it may have the faults
 */
export function readFrontMatter(yaml: string, file: string): { matter?: FrontMatter; faults: Fault[] } {
    // Every scalar is text here: a default of 1.50 stays "1.50" and 2024-02-01 no date of JavaScript's.
    const document = parseDocument(yaml, { schema: "failsafe" });
    const [error] = document.errors;
    if (error) return { faults: fault(file, `the front matter is no YAML: ${error.message.split("\n")[0]}`) };
    const reader = new Reader(`${file}: `);
    const root = reader.map("", document.toJS(), ["title", "question", "columns"], ["parameters", "chart"]);
    if (root === undefined) return { faults: reader.faults };
    const matter: FrontMatter = {
        title: reader.text("title", root.title),
        question: reader.text("question", root.question),
        parameters: readParameters(reader, root.parameters),
        columns: readColumns(reader, root.columns),
        chart: root.chart === undefined ? undefined : readChart(reader, root.chart),
    };
    reader.add(longFault("question", matter.question, longestDescription, "a named query in Athena"));
    reader.add(chartFaults(matter));
    return { matter, faults: reader.faults };
}

/** Reads what YAML gave and keeps every fault with its path. */
class Reader {
    readonly faults: Fault[] = [];

    constructor(private readonly prefix: string) {}

    add(faults: readonly Fault[]): void {
        this.faults.push(...faults.map(({ path, message }) => ({ path: `${this.prefix}${path}`, message })));
    }

    /** A mapping with these keys. @param required undefined: of any keys */
    map(
        at: string,
        value: unknown,
        required?: readonly string[],
        optional: readonly string[] = [],
    ): Record<string, unknown> | undefined {
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            const wanted = required === undefined ? "a mapping, name: value" : `a mapping with ${required.join(", ")}`;
            this.add(fault(at === "" ? "front matter" : at, `must be ${wanted}.`));
            return undefined;
        }
        const map = value as Record<string, unknown>;
        if (required === undefined) return map;
        const known = [...required, ...optional];
        const below = (key: string) => (at === "" ? key : `${at}.${key}`);
        for (const key of Object.keys(map))
            this.add(fault(below(key), known.includes(key) ? undefined : `is no key; keys: ${known.join(", ")}.`));
        for (const key of required) this.add(fault(below(key), key in map ? undefined : "is missing."));
        return map;
    }

    /** A scalar of one line; what is missing has its own fault already. */
    text(at: string, value: unknown): string {
        if (value === undefined) return "";
        if (typeof value !== "string") {
            this.add(fault(at, "must be text."));
            return "";
        }
        this.add(emptyFault(at, value));
        this.add(fault(at, value.trim().includes("\n") ? "must be one line." : undefined));
        return value.trim();
    }
}

function readParameters(reader: Reader, value: unknown): QueryParameter[] {
    const entries = value === undefined ? {} : (reader.map("parameters", value) ?? {});
    return Object.entries(entries).map(([name, entry]) => {
        const at = `parameters.${name}`;
        const fields = reader.map(at, entry, ["type", "description"], ["default"]) ?? {};
        const type = reader.text(`${at}.type`, fields.type) as QueryParameter["type"];
        const known = parameterTypes.includes(type);
        if (fields.type !== undefined) reader.add(choiceFault(`${at}.type`, type, parameterTypes));
        reader.add(
            fault(
                at,
                /^[a-z][a-z0-9_]*$/.test(name)
                    ? undefined
                    : `"${name}" must be lower snake case; the SQL writes :${name}.`,
            ),
        );
        const given = typeof fields.default === "string" ? fields.default : undefined;
        if (fields.default !== undefined && given === undefined) reader.add(fault(`${at}.default`, "must be text."));
        if (given !== undefined && known) reader.add(fault(`${at}.default`, valueFault(name, type, given)));
        const description = reader.text(`${at}.description`, fields.description);
        return { name, type, description, ...(given === undefined ? {} : { default: given }) };
    });
}

function valueFault(name: string, type: QueryParameter["type"], text: string): string | undefined {
    try {
        literalOf({ name, type }, text);
        return undefined;
    } catch (error) {
        if (error instanceof ParameterError) return error.message.slice(name.length + 2);
        throw error;
    }
}

function readColumns(reader: Reader, value: unknown): QueryColumn[] {
    if (value === undefined) return [];
    const entries = Object.entries(reader.map("columns", value) ?? { _: "" });
    reader.add(fault("columns", entries.length === 0 ? "must hold at least one column." : undefined));
    return entries.map(([name, entry]) => {
        const at = `columns.${name}`;
        const type = reader.text(at, entry);
        if (type !== "") reader.add(fault(at, resultTypeFault(type)));
        return { name, type };
    });
}

function readChart(reader: Reader, value: unknown): QueryChart | undefined {
    const fields = reader.map("chart", value, ["kind", "x", "y"], ["series"]);
    if (fields === undefined) return undefined;
    const kind = reader.text("chart.kind", fields.kind) as QueryChart["kind"];
    if (kind as string) reader.add(choiceFault("chart.kind", kind, chartKinds));
    const series = fields.series === undefined ? {} : { series: reader.text("chart.series", fields.series) };
    return { kind, x: reader.text("chart.x", fields.x), y: reader.text("chart.y", fields.y), ...series };
}

function chartFaults({ chart, columns }: FrontMatter): Fault[] {
    if (chart === undefined) return [];
    const names = columns.map(({ name }) => name);
    const missing = (["x", "y", "series"] as const).flatMap((field) => {
        const name = chart[field];
        if (name === undefined || name === "" || names.includes(name)) return [];
        return fault(`chart.${field}`, `"${name}" is not a column; columns: ${names.join(", ")}.`);
    });
    const y = columns.find(({ name }) => name === chart.y);
    return [
        ...missing,
        ...fault("chart.y", y && !isNumericType(y.type) ? `"${y.name}" is no number but ${y.type}.` : undefined),
    ];
}
