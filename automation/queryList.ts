/** What can be asked: the queries with their questions and parameters. */
import { bold, dim } from "picocolors";
import { statementName, type LoadedDataset, type Query, type QueryParameter } from "../datasets";

export interface ListedQuery extends Omit<Query, "sql" | "placeholders" | "select"> {
    readonly dataset: string;
    /** Name of the prepared statement in the dataset's workgroup. @default undefined: a named query, of the query's own name */
    readonly preparedStatement?: string;
}

export function listQueries(all: readonly LoadedDataset[]): ListedQuery[] {
    return all.flatMap(({ contract, queries }) =>
        queries.map(({ sql: _sql, placeholders: _placeholders, select: _select, ...query }) => ({
            dataset: contract.name,
            ...query,
            ...(query.parameters.length > 0 ? { preparedStatement: statementName(query) } : {}),
        })),
    );
}

/** The list for a terminal, by dataset. */
export function describeList(listed: readonly ListedQuery[]): string {
    return [...new Set(listed.map(({ dataset }) => dataset))]
        .map((dataset) =>
            [bold(dataset), ...listed.filter((one) => one.dataset === dataset).flatMap(describeOne)].join("\n"),
        )
        .join("\n\n");
}

function describeOne({ name, question, parameters }: ListedQuery): string[] {
    return [
        `  ${name}`,
        `    ${question}`,
        ...parameters.map((parameter) => dim(`    ${describeParameter(parameter)}`)),
    ];
}

function describeParameter({ name, type, description, default: value }: QueryParameter): string {
    return `--param ${name}=<${type}>  ${description}${value === undefined ? "" : ` (default: ${value})`}`;
}
