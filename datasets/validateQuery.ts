/** Checks a contract's queries and their SQL files. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { DatasetContract, Query } from "./contract";
import { choiceFault, emptyFault, fault, identifierFault, longFault, repeatedFaults, type Fault } from "./faults";

/** @param folder where the `<name>.sql` files are. */
export function queryFaults({ name, queries }: DatasetContract, folder: string): Fault[] {
    const creators = queries.flatMap(({ creates }, index) => (creates === undefined ? [] : [{ creates, index }]));
    return [
        ...queries.flatMap((query, index) => [
            ...nameFaults(query, `queries[${index}]`),
            ...createsFaults(query, name, `queries[${index}].creates`),
            ...fault(`queries[${index}]`, fileFault(query, path.join(folder, `${query.name}.sql`))),
        ]),
        ...repeatedFaults(
            queries.map((query) => query.name),
            (index) => `queries[${index}].name`,
        ),
        ...repeatedFaults(
            creators.map(({ creates }) => creates),
            (position) => `queries[${creators[position]!.index}].creates`,
        ),
        ...unlistedFaults(queries, folder),
    ];
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html */
const longestTitle = 1024;
const longestQueryBytes = 262_144;

function nameFaults(query: Query, queryPath: string): Fault[] {
    return [
        ...fault(
            `${queryPath}.name`,
            /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(query.name) && query.name.length <= 128
                ? undefined
                : `"${query.name}" must be kebab case, at most 128 characters.`,
        ),
        ...emptyFault(`${queryPath}.title`, query.title),
        ...longFault(`${queryPath}.title`, query.title, longestTitle, "a named query in Athena"),
        ...choiceFault(`${queryPath}.kind`, query.kind, ["select", "view", "ctas"]),
    ];
}

function createsFaults(query: Query, dataset: string, faultPath: string): Fault[] {
    if (query.kind === "select") {
        return fault(faultPath, query.creates === undefined ? undefined : "a select creates nothing; remove it.");
    }
    if (query.creates === undefined) {
        return fault(
            faultPath,
            `is missing: name the ${query.kind === "ctas" ? "table" : "view"} that the statement creates.`,
        );
    }
    return [
        ...fault(faultPath, identifierFault(query.creates)),
        ...fault(
            faultPath,
            [dataset, `raw_${dataset}`].includes(query.creates)
                ? `"${query.creates}" is a table of the dataset itself.`
                : undefined,
        ),
    ];
}

/** A file holds a title comment and one statement of the query's kind. */
function fileFault(query: Query, file: string): string | undefined {
    if (!fs.existsSync(file)) {
        return `has no file ${file}.`;
    }
    const sql = fs.readFileSync(file, "utf8").trim();
    if (Buffer.byteLength(sql) > longestQueryBytes) {
        return `${file} has ${Buffer.byteLength(sql)} bytes; Athena takes at most ${longestQueryBytes}.`;
    }
    const [title, ...rest] = sql.split("\n");
    if (title === undefined || !/^-- \S/.test(title)) {
        return `${file} must begin with a comment that says what it answers, "-- Title".`;
    }
    const statement = rest.join("\n").trim();
    const start = {
        select: /^(select|with)\b/i,
        view: new RegExp(`^create\\s+or\\s+replace\\s+view\\s+${query.creates ?? ""}\\s`, "i"),
        ctas: new RegExp(`^create\\s+table\\s+${query.creates ?? ""}\\s`, "i"),
    }[query.kind];
    if (start !== undefined && !start.test(statement)) {
        const wanted = {
            select: "SELECT or WITH",
            view: `CREATE OR REPLACE VIEW ${query.creates}`,
            ctas: `CREATE TABLE ${query.creates}`,
        };
        return `${file} must hold one statement that begins with ${wanted[query.kind]}.`;
    }
    return undefined;
}

/** A file that no query names would never run. */
function unlistedFaults(queries: readonly Query[], folder: string): Fault[] {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const known = new Set(queries.map((query) => `${query.name}.sql`));
    return files
        .filter((file) => file.endsWith(".sql") && !known.has(file))
        .map((file) => ({
            path: "queries",
            message: `${path.join(folder, file)} is not named by any query; add or remove it.`,
        }));
}
