/** What a job's arguments tell of what it writes. */
import { isOfGlue, isOfInput } from "./arguments";
import { overlap, placeOf } from "./location";
import { unknown } from "./preview";
import { look, type Member, sources } from "./stackRule";
import { tableNameOf, type DeclaredTable } from "./tables";

export type Job = Member<"aws:glue/job:Job">;

const argumentProperties = ["defaultArguments", "nonOverridableArguments"] as const;

/** All that links a job to what it writes, read once: stacks have as many tables as jobs. */
export interface JobOutputs {
    /** Values of arguments that may name an output. */
    readonly values: readonly string[];
    /** Are there such arguments whose values are not known yet? */
    readonly unknowns: boolean;
    /** Tables that the values may name, in lower case. */
    readonly names: ReadonlySet<string>;
    readonly places: readonly string[];
    /** URNs of the resources that the arguments are made from. */
    readonly sources: ReadonlySet<string>;
}

export function outputsOf(job: Job): JobOutputs {
    const values: string[] = [];
    let unknowns = false;
    for (const property of argumentProperties) {
        const names = look(() => Object.keys(job.props[property] ?? {}));
        if (names === unknown) {
            unknowns = true;
            continue;
        }
        for (const argument of names.filter((each) => !isOfGlue(each) && !isOfInput(each))) {
            const value = look(() => job.props[property]?.[argument]);
            if (value === unknown) {
                unknowns = true;
            } else if (typeof value === "string") {
                values.push(value);
            }
        }
    }
    return {
        values,
        unknowns,
        names: new Set(values.filter((value) => !value.includes("/")).map(tableNameOf)),
        places: values.flatMap((value) => placeOf(value) ?? []),
        sources: new Set(argumentProperties.flatMap((each) => sources(job, each).map(({ urn }) => urn))),
    };
}

/** Does a job write a table: certainly, possibly (at preview, where not all is known), or not? */
export function writes(job: JobOutputs, table: DeclaredTable): "yes" | "maybe" | "no" {
    if (job.sources.has(table.member.urn) || job.names.has(table.name.toLowerCase())) {
        return "yes";
    }
    if (job.places.some((place) => overlap(place, table.place))) {
        return "yes";
    }
    const shared =
        (job.unknowns || table.place === undefined) && table.sources.some((source) => job.sources.has(source));
    return shared ? "maybe" : "no";
}
