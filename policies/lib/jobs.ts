/** What a job's arguments tell of what it writes. */
import { overlap, placeOf } from "./location";
import { unknown } from "./preview";
import { look, type Member, sources } from "./stackRule";
import { tableNameOf, type DeclaredTable } from "./tables";

export type Job = Member<"aws:glue/job:Job">;

/** Arguments that name what a job reads, or what Glue itself needs: they say nothing of what it writes. */
const ofInput =
    /(^|[-_])(in|input|inputs|source|sources|src|raw|bronze|landing|read|reader|lookup|contract|config)([-_]|$)/i;
const ofGlue =
    /^--(TempDir|job-language|job-bookmark-|enable-|continuous-log|custom-log|conf$|extra-|additional-python|class$|scriptLocation|spark-event-logs|user-jars|python-modules|datalake-formats|JOB_NAME)/;

export interface JobOutputs {
    /** Values of arguments that may name an output. */
    readonly values: readonly string[];
    /** Are there such arguments whose values are not known yet? */
    readonly unknowns: boolean;
}

export function outputsOf(job: Job): JobOutputs {
    const values: string[] = [];
    let unknowns = false;
    for (const property of ["defaultArguments", "nonOverridableArguments"] as const) {
        const names = look(() => Object.keys(job.props[property] ?? {}));
        if (names === unknown) {
            unknowns = true;
            continue;
        }
        for (const argument of names.filter((each) => !ofGlue.test(each) && !ofInput.test(each))) {
            const value = look(() => job.props[property]?.[argument]);
            if (value === unknown) {
                unknowns = true;
            } else if (typeof value === "string") {
                values.push(value);
            }
        }
    }
    return { values, unknowns };
}

/** Does a job write a table: certainly, possibly (at preview, where not all is known), or not? */
export function writes(job: Job, table: DeclaredTable): "yes" | "maybe" | "no" {
    const { values, unknowns } = outputsOf(job);
    const dependencies = ["defaultArguments", "nonOverridableArguments"].flatMap((each) => sources(job, each));
    if (dependencies.some(({ urn }) => urn === table.member.urn)) {
        return "yes";
    }
    const place = table.location === undefined ? undefined : placeOf(table.location);
    const named = (value: string) => tableNameOf(value) === table.name.toLowerCase() && !value.includes("/");
    if (values.some((value) => named(value) || overlap(placeOf(value), place))) {
        return "yes";
    }
    const ofTable = new Set(sources(table.member, "storageDescriptor").map(({ urn }) => urn));
    const shared = dependencies.some(({ urn }) => ofTable.has(urn));
    return (unknowns || place === undefined) && shared ? "maybe" : "no";
}
