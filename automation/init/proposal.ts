/** A contract from a sample, with the reason of every guess. */
import type { DatasetContract, PartitionColumn } from "../../datasets";
import { count, plural } from "../format";
import { isNested, proposeColumns, type ProposedColumn } from "./columns";
import { chooseKey, chooseTime, type Choice } from "./roles";
import { proposeRules, type ProposedRule } from "./rules";
import type { SampleProfile } from "./sample";
import { starterQueries, type StarterQuery } from "./starterQueries";

export interface Guess {
    /** Part of the contract, `businessKey`. */
    readonly about: string;
    readonly choice: string;
    readonly reason: string;
}

export interface Proposal {
    readonly contract: DatasetContract;
    readonly columns: readonly ProposedColumn[];
    readonly rules: readonly ProposedRule[];
    readonly queries: readonly StarterQuery[];
    readonly guesses: readonly Guess[];
}

export interface Wishes {
    /** Columns of the key, separated by commas. @default found */
    readonly key?: string;
    /** Column that says when a row happened. @default found */
    readonly time?: string;
}

/**
 * @param file the sample's name, for the description
 * @throws StepFailure where there is no key or no time
 */
export function propose(name: string, file: string, profile: SampleProfile, wishes: Wishes): Proposal {
    const columns = proposeColumns(profile);
    const time = chooseTime(columns, wishes.time);
    const key = chooseKey(columns, profile, wishes.key);
    const partitions = partitionsFor(time.names[0]!, columns);
    const rules = proposeRules(columns, key, time);
    const nested = profile.fields.filter(isNested).map((field) => field.name);
    const first = columns.find(({ column }) => column.name === time.names[0])!.field.first!.slice(0, 10);
    const contract: DatasetContract = {
        name,
        description: `Proposed by lakeworks init from ${file.slice(0, 200)}; say here what a row is.`,
        raw: { ...profile.raw, arrivalKey: arrivalKeyFor(profile) },
        columns: columns.map(({ column }) => column),
        businessKey: key.names,
        eventTime: time.names[0]!,
        partitions,
        rowRules: [],
        ...(nested.length === 0 ? {} : { schemaChange: "append" }),
        quality: { rules: rules.map(({ rule }) => rule), onFailure: "warn" },
        targetFileMiB: 128,
        freshnessHours: 26,
    };
    const roles = { key, time, partitions };
    return {
        contract,
        columns,
        rules,
        queries: starterQueries(name, columns, roles, first),
        guesses: guessesOf(profile, roles, nested),
    };
}

function partitionsFor(time: string, columns: readonly ProposedColumn[]): PartitionColumn[] {
    const names = new Set(columns.map(({ column }) => column.name));
    const parts = ["year", "month", "day"];
    if (!parts.some((part) => names.has(part)))
        return parts.map((part) => ({ name: part, type: "int", expression: `${part}(${time})` }));
    const free = ["event_date", `${time}_day`, "partition_day"].find((name) => !names.has(name))!;
    return [{ name: free, type: "date", expression: `to_date(${time})` }];
}

function arrivalKeyFor({ fields }: SampleProfile): string {
    return fields.some(({ name }) => name.toLowerCase() === "ingest_date") ? "arrival_date" : "ingest_date";
}

function guessesOf(
    profile: SampleProfile,
    { key, time, partitions }: { key: Choice; time: Choice; partitions: readonly PartitionColumn[] },
    nested: readonly string[],
): Guess[] {
    const bad = Object.entries(profile.faults);
    return [
        ...profile.guesses.map(([about, choice, reason]) => ({ about, choice, reason })),
        { about: "businessKey", choice: key.names.join(", "), reason: key.reason },
        { about: "eventTime", choice: time.names.join(", "), reason: time.reason },
        {
            about: "partitions",
            choice: partitions.map(({ name }) => name).join(", "),
            reason: `one a day, by ${time.names[0]}`,
        },
        {
            about: "quality.onFailure",
            choice: "warn",
            reason: "the rules are guesses; write fail once they are yours",
        },
        ...(nested.length === 0
            ? []
            : [
                  {
                      about: "schemaChange",
                      choice: "append",
                      reason: `${nested.join(", ")}: objects or lists, kept as JSON in the column extra_fields`,
                  },
              ]),
        ...(profile.copies === 0
            ? []
            : [{ about: "duplicates", choice: "dropped", reason: `${plural(profile.copies, "record")} came twice` }]),
        ...bad.map(([reason, number]) => ({
            about: "quarantine",
            choice: reason,
            reason: `${count(number)} of the sample ${number === 1 ? "is no record" : "are no records"}`,
        })),
    ];
}
