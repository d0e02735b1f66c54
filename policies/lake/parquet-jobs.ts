import { isOfInput, wordsOf } from "../lib/arguments";
import { otherFormats } from "../lib/parquet";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

/** Names what a job writes: `--format`, `--output-format`, `--silverFileType`, `--sink_type`. */
const outputFormat = /(^|_)(format|file_?(type|format))$|(^|_)(output|target|sink|write|destination)_(type|as)$/;
/** Formats of other things. */
const ofOthers = /(^|_)(date|time|timestamp|datetime|log)(_|$)/;
/** Names the partition columns of what a job writes. */
const partitionColumns = /(^|_)partition(s|ed)?(_?(by|keys?|columns?|cols?))?$/;

export const parquetJobs = resourceRule(
    {
        name: "parquet-jobs",
        displayName: "Jobs write partitioned Parquet",
        description: "No job is told to write another format than Parquet, or to write without partitions.",
        severity: "high",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-format-parquet-home.html",
        remediationSteps:
            "Set the argument that names the job's output format to parquet, and the one that names its partition " +
            "columns to the table's partition keys. An argument about the input says so in its name: --source-format.",
    },
    {
        "aws:glue/job:Job": ({ props, name, look, report }) => {
            for (const property of ["defaultArguments", "nonOverridableArguments"] as const) {
                const names = look(() => Object.keys(props[property] ?? {}));
                for (const argument of names === unknown ? [] : names) {
                    const value = look(() => props[property]?.[argument]);
                    const fault = typeof value === "string" ? faultOf(argument, value) : undefined;
                    if (fault !== undefined) {
                        report(`Job "${name}" ${fault}`);
                    }
                }
            }
        },
        "aws:glue/trigger:Trigger": ({ props, name, look, report }) => {
            const actions = look(() => props.actions.map((action) => ({ ...action.arguments })));
            for (const [argument, value] of actions === unknown
                ? []
                : actions.flatMap((each) => Object.entries(each))) {
                const fault = typeof value === "string" ? faultOf(argument, value) : undefined;
                if (fault !== undefined) {
                    report(`Trigger "${name}" starts a job that ${fault}`);
                }
            }
        },
    },
);

function faultOf(argument: string, value: string): string | undefined {
    const words = wordsOf(argument);
    const isFormat = outputFormat.test(words) && !ofOthers.test(words) && !isOfInput(argument);
    if (isFormat && otherFormats.has(value.trim().toLowerCase())) {
        return (
            `is told to write "${value}" (argument "${argument}"). Set it to "parquet"; if it is about the job's ` +
            `input, call it "--source-format".`
        );
    }
    if (partitionColumns.test(words) && !isOfInput(argument) && /^\s*(\[\s*\]|none|null|)\s*$/i.test(value)) {
        return `is told to write without partitions (argument "${argument}" is empty). Name the table's partition keys in it.`;
    }
    const conf = /spark\.sql\.sources\.default\s*=\s*(\w+)/.exec(value)?.[1];
    if (argument === "--conf" && conf !== undefined && otherFormats.has(conf.toLowerCase())) {
        return `writes "${conf}" unless it says otherwise (argument "--conf"). Set spark.sql.sources.default=parquet, or leave it out.`;
    }
    return undefined;
}
