/** Reads a dataset's queries: each `queries/<name>.sql` is one, by being there. */
import * as fs from "node:fs";
import * as path from "node:path";
import { fault, identifierFault, repeatedFaults, type Fault } from "./faults";
import { readFrontMatter, splitFile, type FrontMatter } from "./frontMatter";
import type { Query } from "./query";
import { readStatement, type QueryStatement } from "./statement";

export interface ReadQueries {
    /** Those without faults, in the order to run them: views, tables, then questions, which may read both; each by name. */
    readonly queries: readonly Query[];
    /** Names of the views and tables that they create. */
    readonly creates: readonly string[];
    /** Each with the path `queries/<name>.sql`, and the place in its front matter. */
    readonly faults: readonly Fault[];
}

const order: Readonly<Record<Query["kind"], number>> = { view: 0, ctas: 1, select: 2 };

/**
 * @param folder the dataset's `queries/`
 * @param dataset its name: a query may not replace its tables
 */
export function readQueries(folder: string, dataset: string): ReadQueries {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith(".sql")) : [];
    const read = files.sort().map((file) => readFile(path.join(folder, file), dataset));
    const creators = read.flatMap(({ at, creates }) => (creates === undefined ? [] : [{ at, creates }]));
    const queries = read.flatMap(({ query }) => (query === undefined ? [] : [query]));
    return {
        queries: queries.sort((a, b) => order[a.kind] - order[b.kind]),
        creates: creators.map(({ creates }) => creates),
        faults: [
            ...read.flatMap(({ faults }) => faults),
            ...repeatedFaults(
                creators.map(({ creates }) => creates),
                (index) => creators[index]!.at,
            ),
        ],
    };
}

interface ReadQuery {
    readonly at: string;
    readonly creates?: string;
    readonly query?: Query;
    readonly faults: readonly Fault[];
}

function readFile(file: string, dataset: string): ReadQuery {
    const name = path.basename(file, ".sql");
    const at = `queries/${name}.sql`;
    const parts = splitFile(fs.readFileSync(file, "utf8"));
    if (parts === undefined) return { at, faults: [...nameFault(name, at), ...fault(at, noFrontMatter)] };
    const { matter, faults: matterFaults } = readFrontMatter(parts.yaml, at);
    const { statement, faults: statementFaults } = readStatement(parts.statement, at);
    const faults = [
        ...nameFault(name, at),
        ...matterFaults,
        ...statementFaults,
        ...(statement ? createsFaults(statement, dataset, at) : []),
        ...(statement && matter ? parameterFaults(matter, statement, at) : []),
    ];
    const query = faults.length === 0 && matter && statement ? { name, ...matter, ...statement } : undefined;
    return { at, creates: statement?.creates, query, faults };
}

const noFrontMatter = "must begin with its front matter, /* title: … question: … columns: … */ (docs/datasets.md).";

function nameFault(name: string, at: string): Fault[] {
    const fine = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length >= 2 && name.length <= 128;
    return fault(at, fine ? undefined : `"${name}" must be kebab case, 2 to 128 characters.`);
}

function createsFaults({ creates }: QueryStatement, dataset: string, at: string): Fault[] {
    if (creates === undefined) return [];
    const own = [dataset, `raw_${dataset}`, `${dataset}_quarantine`, `${dataset}_quality`].includes(creates);
    return [
        ...fault(at, identifierFault(creates)),
        ...fault(at, own ? `would replace "${creates}", a table of the dataset itself; name it otherwise.` : undefined),
    ];
}

function parameterFaults({ parameters }: FrontMatter, { kind, placeholders }: QueryStatement, at: string): Fault[] {
    const declared = parameters.map(({ name }) => name);
    const used = [...new Set(placeholders)];
    if (kind !== "select" && used.length + declared.length > 0)
        return fault(
            at,
            `a ${kind === "view" ? "view" : "table"} that is kept has no parameters; select from it with some.`,
        );
    return [
        ...used.flatMap((name) =>
            fault(
                at,
                declared.includes(name) ? undefined : `the statement uses :${name}; declare it under parameters.`,
            ),
        ),
        ...declared.flatMap((name) =>
            fault(
                `${at}: parameters.${name}`,
                used.includes(name) ? undefined : `is not used; write :${name} in the statement, or remove it.`,
            ),
        ),
    ];
}
