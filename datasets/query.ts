/** A dataset's query: what the front matter of `queries/<name>.sql` says, and the statement after it. */

/** Types a parameter can have, as a user thinks of them; each has its literal in Athena's SQL (parameters.ts). */
export const parameterTypes = ["integer", "decimal", "string", "date", "timestamp"] as const;
export type ParameterType = (typeof parameterTypes)[number];

export interface QueryParameter {
    /** Lower snake case; `:name` in the SQL. */
    readonly name: string;
    readonly type: ParameterType;
    readonly description: string;
    /** As a user would write it. @default none: whoever asks must give a value */
    readonly default?: string;
}

export interface QueryColumn {
    readonly name: string;
    /** Athena's name of the type, e.g. `varchar`, `bigint`, `decimal(38,2)`. */
    readonly type: string;
}

export const chartKinds = ["bar", "line", "area"] as const;

/** How the answer is best drawn; every field but the kind names a column of the answer. */
export interface QueryChart {
    readonly kind: (typeof chartKinds)[number];
    readonly x: string;
    /** A column of numbers. */
    readonly y: string;
    /** One line or colour for each of its values. @default none: there is one series */
    readonly series?: string;
}

export interface Query {
    /** Kebab case: the file's name without `.sql`, and the named query's. */
    readonly name: string;
    readonly title: string;
    /** What it answers, in one sentence. */
    readonly question: string;
    /** By the statement: `ctas` replaces the table that it creates, `view` replaces the view, `select` answers a question. */
    readonly kind: "select" | "view" | "ctas";
    /** The table of a `ctas` or the view of a `view`. */
    readonly creates?: string;
    readonly parameters: readonly QueryParameter[];
    /** What comes out, in this order; of a view or table its columns. */
    readonly columns: readonly QueryColumn[];
    /** @default none: the answer is no picture */
    readonly chart?: QueryChart;
    /** The statement with `?` for each use of a parameter, without front matter and final semicolon. */
    readonly sql: string;
    /** The parameter of each `?` in its order; one that is used twice is there twice. */
    readonly placeholders: readonly string[];
    /** The SELECT alone: what `sql` is for a `select`, and what follows AS in a `view` or `ctas`. */
    readonly select: string;
}

/** Prepared statements have no dashes in their names: https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html */
export function statementName({ name }: Pick<Query, "name">): string {
    return name.replaceAll("-", "_");
}
