/** What the columns of a sample are for: which tell rows apart, and which says when a row happened. */
import type { Column } from "../../datasets";
import { nearest } from "../../components/nearMiss";
import { StepFailure } from "../errors";
import { count } from "../format";
import type { ProposedColumn } from "./columns";
import type { SampleProfile } from "./sample";

/** A column or several, and why they were chosen. */
export interface Choice {
    readonly names: readonly string[];
    readonly reason: string;
}

/** From the name that most tells of an event to that which least does. */
const timeNames = [
    /^(event|occurred|happened)_/,
    /^(timestamp|time|ts|date|day|at)$/,
    /(order|sale|sold|visit|enter|purchase|measure|record|transaction|start|view|click|read)\w*_(at|time|date|on|ts)$/,
    /(_at|_time|_ts|timestamp|datetime)$/,
    /(_date|_day|_on)$/,
];
/** When a row was written tells of a system and not of an event. */
const bookkeeping = /(updated|modified|changed|loaded|ingested|due|birth|expir|deleted|end)/;
/** A day as people write it: 29.02.2024, 2/29/24. */
const writtenDay = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/;
const keyNames = [/^id$/, /_id$|_key$|_uuid$/, /(number|_no|code|uuid|guid)$/];

/** @throws StepFailure where no column can be the key, or the named one can't */
export function chooseKey(columns: readonly ProposedColumn[], profile: SampleProfile, given?: string): Choice {
    if (given !== undefined) {
        const names = given.split(",").map((name) => named(columns, name.trim(), "--key").name);
        return { names, reason: "as you said" };
    }
    const { records } = profile;
    const unique = columns.filter(
        ({ field, column }) => field.distinct === records && field.present === records && isKeyType(column),
    );
    const best = ranked(unique, keyNames)[0];
    if (best !== undefined) {
        const others = unique.filter((one) => one !== best).map(({ column }) => column.name);
        const more = others.length === 0 ? "" : `; so ${others.length === 1 ? "is" : "are"} ${others.join(", ")}`;
        return { names: [best.column.name], reason: `unique in ${count(records)} records${more}` };
    }
    const pairs = profile.pairs
        .map((pair) => pair.map((name) => columns.find(({ field }) => field.name === name)))
        .filter((pair): pair is ProposedColumn[] => pair.every((one) => one !== undefined && isPartOfKey(one.column)));
    const pair = pairs.find((each) => each.some(({ column }) => keyNames.some((name) => name.test(column.name))));
    if (pair !== undefined) {
        const names = pair.map(({ column }) => column.name);
        return { names, reason: `no column is unique, but the two together are, in ${count(records)} records` };
    }
    throw new StepFailure("No column tells the records apart.", {
        reason: `none has a value of its own in each of ${count(records)} records, and no two together that look like an id`,
        next: `Name the columns that do: --key ${columns
            .slice(0, 2)
            .map(({ column }) => column.name)
            .join(",")}`,
    });
}

/** @throws StepFailure where no column can be the time, or the named one can't */
export function chooseTime(columns: readonly ProposedColumn[], given?: string): Choice {
    if (given !== undefined) {
        const { name, type, nullable } = named(columns, given, "--time");
        if (type !== "timestamp" && type !== "date") {
            throw new StepFailure(`The column ${name} cannot be the time of a row.`, {
                reason: `it is of type ${type}; the job takes ISO 8601, 2024-02-29 or 2024-02-29T18:30:00Z`,
                next: "Name another column, or write its values so.",
            });
        }
        if (nullable) throw new StepFailure(`The column ${name} cannot be the time of a row: it has no value in some.`);
        return { names: [name], reason: "as you said" };
    }
    const times = columns.filter(({ column: { type, nullable } }) => !nullable && ["timestamp", "date"].includes(type));
    const events = times.filter(({ column }) => !bookkeeping.test(column.name));
    const candidates = events.length > 0 ? events : times;
    const exact = candidates.filter(({ column }) => column.type === "timestamp");
    const best = ranked(exact.length > 0 ? exact : candidates, timeNames)[0];
    if (best === undefined) throw noTime(columns);
    const others = times.filter((one) => one !== best).map(({ column }) => column.name);
    const { name, type } = best.column;
    const reason =
        others.length === 0
            ? `the only ${type === "date" ? "day" : "time"} that every record has`
            : `of those that every record has the one whose name and type most look like an event's; others: ${others.join(", ")}`;
    return { names: [name], reason };
}

function noTime(columns: readonly ProposedColumn[]): StepFailure {
    const sparse = columns.find(({ column }) => column.nullable && ["timestamp", "date"].includes(column.type));
    const like = columns.find(
        ({ column, field }) => timeNames.some((name) => name.test(column.name)) || writtenDay.test(field.example ?? ""),
    );
    const found =
        sparse !== undefined
            ? `${sparse.column.name} is one, but not every record has it`
            : like === undefined
              ? "none holds days or moments"
              : `${like.column.name} looks like one, but the job does not read ${JSON.stringify(like.field.example)}`;
    return new StepFailure("No column can be the time of a row, by which the table is partitioned.", {
        reason: found,
        next: "Write times as 2024-02-29 or 2024-02-29T18:30:00Z in every record; of several, name one: --time <column>",
    });
}

/** A time tells the rows of one sensor or account apart. */
function isPartOfKey(column: Column): boolean {
    return isKeyType(column) || column.type === "timestamp" || column.type === "date";
}

function isKeyType({ type }: Column): boolean {
    return type === "string" || type === "bigint" || type === "int";
}

/** By the first of the patterns that a name meets; those of one rank stay in their order. */
function ranked(columns: readonly ProposedColumn[], patterns: readonly RegExp[]): ProposedColumn[] {
    const rank = ({ column }: ProposedColumn) => {
        const at = patterns.findIndex((pattern) => pattern.test(column.name));
        return at < 0 ? patterns.length : at;
    };
    return [...columns].sort((a, b) => rank(a) - rank(b));
}

/** A column by its own name or by that of its field. */
function named(columns: readonly ProposedColumn[], name: string, option: string): Column {
    const found = columns.find(({ column, field }) => column.name === name || field.name === name);
    if (found !== undefined) return found.column;
    const names = columns.map(({ column }) => column.name);
    const near = nearest(name, names);
    throw new StepFailure(`${option}: the sample has no column "${name}".`, {
        next: `${near === undefined ? "" : `Did you mean ${near}? `}Columns: ${names.join(", ")}.`,
    });
}
