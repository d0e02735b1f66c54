/** The first questions of a dataset: how many rows a day has, and how they spread over a category. */
import type { PartitionColumn } from "../../datasets";
import type { ProposedColumn } from "./columns";
import type { Choice } from "./roles";
import { isAmount } from "./rules";

export interface StarterQuery {
    /** Kebab case. */
    readonly name: string;
    /** The file's text: front matter and statement. */
    readonly text: string;
    readonly reason: string;
}

/** Different values with which a column of texts is a category. */
const category = { least: 2, most: 20, rowsPerValue: 2 };

/** @param first day of the oldest event in the sample, YYYY-MM-DD */
export function starterQueries(
    dataset: string,
    columns: readonly ProposedColumn[],
    roles: { readonly key: Choice; readonly time: Choice; readonly partitions: readonly PartitionColumn[] },
    first: string,
): StarterQuery[] {
    const bound = boundOf(roles.partitions, first);
    const queries = [perDay(dataset, roles.time.names[0]!, bound)];
    const split = columns.find(
        ({ column, field }) =>
            column.type === "string" &&
            !roles.key.names.includes(column.name) &&
            field.distinct >= category.least &&
            field.distinct <= category.most &&
            field.present >= category.rowsPerValue * field.distinct,
    );
    if (split === undefined) return queries;
    const amounts = columns.filter(
        ({ column: { name, type } }) => isAmount(type) && !roles.key.names.includes(name) && !/(^|_)id$/.test(name),
    );
    // What has a fraction is more often worth adding up than what has not.
    const amount = amounts.find(({ column }) => /^(decimal|double)/.test(column.type)) ?? amounts[0];
    return [...queries, perCategory(dataset, split, amount, bound)];
}

/** The condition that prunes partitions, and its parameter's line. */
interface Bound {
    readonly condition: string;
    readonly parameter: string;
}

function boundOf(partitions: readonly PartitionColumn[], first: string): Bound {
    const { name, type } = partitions[0]!;
    return type === "date"
        ? {
              condition: `${name} >= :first_day`,
              parameter: `first_day: { type: date, description: First day that counts, default: ${first} }`,
          }
        : {
              condition: `${name} >= :first_year`,
              parameter: `first_year: { type: integer, description: First year that counts, default: ${first.slice(0, 4)} }`,
          };
}

function perDay(dataset: string, time: string, { condition, parameter }: Bound): StarterQuery {
    return {
        name: "rows-per-day",
        reason: "how much arrives, and whether days are missing",
        text: `/*
title: Rows per day
question: How many rows does each day of ${dataset} have?
parameters:
  ${parameter}
columns:
  event_day: date
  row_count: bigint
chart: { kind: bar, x: event_day, y: row_count }
*/
SELECT CAST(${time} AS date) AS event_day, count(*) AS row_count
FROM ${dataset}
WHERE ${condition}
GROUP BY CAST(${time} AS date)
ORDER BY event_day
`,
    };
}

function perCategory(
    dataset: string,
    { column: { name }, field }: ProposedColumn,
    amount: ProposedColumn | undefined,
    { condition, parameter }: Bound,
): StarterQuery {
    const total = amount === undefined ? undefined : `total_${amount.column.name}`;
    const declared = amount === undefined ? "" : `\n  ${total}: ${sumType(amount.column.type)}`;
    const selected = amount === undefined ? "" : `, sum(${amount.column.name}) AS ${total}`;
    const over = `${field.distinct} different values in ${field.present} records`;
    return {
        name: `by-${name.replaceAll("_", "-").replace(/-+/g, "-").replace(/-$/, "")}`,
        reason: `${name} is a category: ${over}${amount === undefined ? "" : `; ${amount.column.name} can be added up`}`,
        text: `/*
title: By ${name.replaceAll("_", " ")}
question: How do the rows of ${dataset} spread over ${name}?
parameters:
  ${parameter}
columns:
  ${name}: varchar
  row_count: bigint${declared}
chart: { kind: bar, x: ${name}, y: row_count }
*/
SELECT ${name}, count(*) AS row_count${selected}
FROM ${dataset}
WHERE ${condition}
GROUP BY ${name}
ORDER BY row_count DESC, ${name}
`,
    };
}

/** Athena's type of a sum: https://trino.io/docs/current/functions/aggregate.html#sum */
function sumType(type: string): string {
    const [, scale] = /^decimal\(\d+,(\d+)\)$/.exec(type) ?? [];
    return scale === undefined ? (type === "double" ? "double" : "bigint") : `decimal(38,${scale})`;
}
