/** What makes a query read or compute more than it needs to, and how to write it instead. */
import type { DatasetContract } from "../../datasets";
import { tokenize, type Token } from "../../sql/lexer";
import { bytes, plural } from "../format";
import type { TableScan } from "./files";

export interface Warning {
    readonly what: string;
    readonly fix: string;
}

/** From so many files on their size matters: below, opening them takes no time that anybody notices. */
const manyFiles = 50;
/** Athena advises some 128 MB: https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-data-optimization-techniques.html */
const smallFile = 16 * 1024 ** 2;

export function warningsOf(
    sql: string,
    plan: string,
    scans: readonly TableScan[],
    { partitions, name }: Pick<DatasetContract, "partitions" | "name">,
): Warning[] {
    const tokens = tokenize(sql, false);
    return [
        ...scans.filter(isWhole).map(({ table, keys, partitions: { all } }) => ({
            what: `All ${plural(all, "partition")} of ${table} are read: no condition on ${keys.join(", ")} can be used.`,
            fix: `Say which days are meant: ${keys.map((key) => `${key} = …`).join(" AND ")}, or a range of the first of them.`,
        })),
        ...partitions
            .filter((partition) => hasExpression(tokens, partition.expression))
            .map((partition) => ({
                what: `${partition.expression} is computed from the files and prunes no partition of ${name}.`,
                fix: `Write ${partition.name}, the partition key with that value.`,
            })),
        ...[...new Set(scans.flatMap(({ keys, constrained }) => keys.filter((key) => !constrained.includes(key))))]
            .flatMap((key) => wrapped(tokens, key).map((call) => ({ key, call })))
            .map(({ key, call }) => ({
                what: `${call} hides the partition key ${key} in a function.`,
                fix: `Compare ${key} itself: the engine then knows the partitions before it reads.`,
            })),
        ...(selectsAll(tokens)
            ? [
                  {
                      what: "SELECT * reads every column.",
                      fix: "Name the columns that are needed: Parquet is read by column.",
                  },
              ]
            : []),
        ...(/\bCrossJoin\b/.test(plan)
            ? [
                  {
                      what: "The plan has a cross join: every row of one side with each of the other.",
                      fix: "Join ON a condition of equality.",
                  },
              ]
            : []),
        ...scans.filter(isOfSmallFiles).map((scan) => ({
            what: `${plural(scan.files, "file")} of ${scan.table} have ${bytes(scan.bytes / scan.files)} on average.`,
            fix:
                scan.files > Math.max(scan.partitions.read, 1)
                    ? `Make them one a partition: lakeworks etl --compact --dataset ${name}`
                    : "One file a partition is as few as can be: partition by month, or read fewer days.",
        })),
    ];
}

function isWhole({ keys, constrained, partitions }: TableScan): boolean {
    return keys.length > 0 && constrained.length === 0 && partitions.all > 1 && partitions.read === partitions.all;
}

function isOfSmallFiles({ files, bytes: size }: TableScan): boolean {
    return files >= manyFiles && size / files < smallFile;
}

/** Whether the statement computes what a partition key holds, `year(event_time)`. */
function hasExpression(tokens: readonly Token[], expression: string): boolean {
    const wanted = textsOf(tokenize(expression, false));
    // A key that is a column as it is costs nothing.
    return wanted.length > 1 && textsOf(tokens).some((_, at, all) => wanted.every((text, i) => all[at + i] === text));
}

function textsOf(tokens: readonly Token[]): string[] {
    return tokens.filter(({ kind }) => kind !== "end").map(({ value }) => value.toLowerCase());
}

const aggregates = [
    "count",
    "min",
    "max",
    "sum",
    "avg",
    "approx_distinct",
    "in",
    "on",
    "by",
    "and",
    "or",
    "where",
    "array_agg",
];

/** Calls whose first argument is the key, within WHERE: `CAST(day …`, `date_trunc` has it second and is rarer. */
function wrapped(tokens: readonly Token[], key: string): string[] {
    const texts = textsOf(tokens);
    const where = texts.indexOf("where");
    if (where < 0) return [];
    const until = texts.findIndex((text, at) => at > where && (text === "group" || text === "order"));
    const part = texts.slice(where, until < 0 ? undefined : until);
    return part
        .map((name, at) => ({ name, isCall: part[at + 1] === "(" && part[at + 2] === key }))
        .filter(({ name, isCall }) => isCall && /^[a-z_]+$/.test(name) && !aggregates.includes(name))
        .map(({ name }) => `${name}(${key} …)`);
}

function selectsAll(tokens: readonly Token[]): boolean {
    const texts = textsOf(tokens);
    return texts.some((text, at) => text === "*" && ["select", ",", ".", "distinct"].includes(texts[at - 1] ?? ""));
}
