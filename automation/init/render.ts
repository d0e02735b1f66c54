/** A proposal as the files of a dataset's folder, laid out as Prettier does; reasons stand where what they explain does. */
import type { Column, GenerateCounts } from "../../datasets";
import type { Guess, Proposal } from "./proposal";

/** Spaces of one step. */
const step = " ".repeat(4);
const lineWidth = 120;

export function contractFile({ contract, columns, rules, guesses }: Proposal): string {
    const { name, description, raw, businessKey, eventTime, partitions, schemaChange } = contract;
    const said = (about: string) => guesses.filter((guess) => guess.about === about).map(({ reason }) => reason);
    const sampled = guesses.filter(({ about }) => ["compression", "separator", "header", "rowTag"].includes(about));
    return `${[
        'import type { DatasetContract } from "../contract";',
        "",
        "export const contract: DatasetContract = {",
        `${step}name: ${text(name)},`,
        `${step}description: ${text(description)},`,
        ...comment([...said("format"), ...sampled.map(sentence)].join("; "), 1),
        `${step}raw: { ${members(raw)} },`,
        `${step}columns: [`,
        ...columns.flatMap(({ column, reason }) => [...comment(reason, 2), ...columnLines(column)]),
        `${step}],`,
        ...comment(said("businessKey")[0]!, 1),
        `${step}businessKey: [${businessKey.map(text).join(", ")}],`,
        ...comment(said("eventTime")[0]!, 1),
        `${step}eventTime: ${text(eventTime)},`,
        ...partitionLines(partitions),
        ...comment("conditions that every row meets; docs/datasets.md shows some", 1),
        `${step}rowRules: [],`,
        ...(schemaChange === undefined
            ? []
            : [...comment(said("schemaChange")[0]!, 1), `${step}schemaChange: ${text(schemaChange)},`]),
        `${step}quality: {`,
        `${step.repeat(2)}rules: [`,
        ...rules.flatMap(({ rule, reason }) => [...comment(reason, 3), `${step.repeat(3)}${text(rule)},`]),
        `${step.repeat(2)}],`,
        ...comment(said("quality.onFailure")[0]!, 2),
        `${step.repeat(2)}onFailure: ${text(contract.quality.onFailure)},`,
        `${step}},`,
        `${step}targetFileMiB: ${contract.targetFileMiB},`,
        ...comment("a day and two hours: for data that come once a day", 1),
        `${step}freshnessHours: ${contract.freshnessHours},`,
        "};",
    ].join("\n")}\n`;
}

/** @param arrived day on which the sample arrives: that of its newest event */
export function generatorFile(sample: string, arrived: string, counts: Omit<GenerateCounts, "bytes">): string {
    const { badByReason, ...numbers } = counts;
    const reasons = Object.entries(badByReason).map(([reason, number]) => `${reason}: ${number}`);
    const all = Object.entries(numbers).map(([name, number]) => `${name}: ${number}`);
    return `/** The sample that the contract was proposed from; a generator of more rows may take its place (docs/datasets.md). */
import * as path from "node:path";
import { sampleFile } from "../sampleFile";
import { contract } from "./contract";

export const generate = sampleFile({
${step}arrivalKey: contract.raw.arrivalKey,
${step}file: path.join(__dirname, ${text(sample)}),
${step}arrived: ${text(arrived)},
${step}counts: {
${[...all, `badByReason: {${reasons.length === 0 ? "" : ` ${reasons.join(", ")} `}}`].map((one) => `${step.repeat(2)}${one},`).join("\n")}
${step}},
});
`;
}

function sentence({ about, choice, reason }: Guess): string {
    return `${about} ${choice}: ${reason}`;
}

function partitionLines(partitions: readonly object[]): string[] {
    const [only, ...more] = partitions.map((partition) => `{ ${members(partition)} }`);
    if (more.length === 0) return [`${step}partitions: [${only}],`];
    return [`${step}partitions: [`, ...[only, ...more].map((one) => `${step.repeat(2)}${one},`), `${step}],`];
}

function columnLines(column: Column): string[] {
    const one = `${step.repeat(2)}{ ${members(column)} },`;
    if (one.length <= lineWidth) return [one];
    const lines = Object.entries(column).map(([name, value]) => `${step.repeat(3)}${name}: ${literal(value)},`);
    return [`${step.repeat(2)}{`, ...lines, `${step.repeat(2)}},`];
}

function members(object: object): string {
    return Object.entries(object)
        .map(([name, value]) => `${name}: ${literal(value)}`)
        .join(", ");
}

function literal(value: unknown): string {
    return typeof value === "string" ? text(value) : String(value);
}

/** In double quotes, unless single ones need fewer backslashes. */
function text(value: string): string {
    const double = JSON.stringify(value);
    const count = (quote: string) => value.split(quote).length - 1;
    if (count('"') <= count("'")) return double;
    return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Lines of a comment that begins with a capital letter; what the sample holds ends no line. */
function comment(reason: string, depth: number): string[] {
    const shown = reason.replace(/\s+/g, " ");
    const words = `${shown.charAt(0).toUpperCase()}${shown.slice(1)}.`.split(" ");
    const lines: string[] = [];
    for (const word of words) {
        const last = lines.at(-1);
        const indented = `${step.repeat(depth)}// ${last ?? ""} ${word}`.length;
        if (last === undefined || indented > lineWidth) lines.push(word);
        else lines[lines.length - 1] = `${last} ${word}`;
    }
    return lines.map((line) => `${step.repeat(depth)}// ${line}`);
}
