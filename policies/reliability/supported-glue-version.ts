import { fsbp } from "../lib/frameworks";
import { compareVersions } from "../lib/glueVersion";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

interface Config {
    readonly minimum: string;
}

export const supportedGlueVersion = resourceRule<Config>(
    {
        name: "supported-glue-version",
        displayName: "Jobs run on a supported Glue version",
        description: "A Spark job that names a Glue version names one that AWS supports.",
        severity: "medium",
        tags: ["reliability"],
        framework: fsbp("Glue.4"),
        url: "https://docs.aws.amazon.com/glue/latest/dg/glue-version-support-policy.html",
        remediationSteps: "Set glueVersion to a newer version, and test the script with its Spark and Python.",
        config: {
            minimum: {
                type: "string",
                pattern: "^\\d+(\\.\\d+)*$",
                default: "5.0",
                description: "Oldest version that a job may name.",
            },
        },
    },
    {
        "aws:glue/job:Job": ({ props, name, config, look, report, notApplicable }) => {
            const command = look(() => props.command.name ?? "glueetl");
            if (command === "pythonshell" || command === "glueray") {
                notApplicable(`"${name}" is no Spark job`);
            }
            // Absent, AWS takes its current version for a new job.
            const version = look(() => props.glueVersion ?? "");
            if (version !== unknown && version !== "" && compareVersions(version, config.minimum) < 0) {
                report(
                    `Job "${name}" runs on Glue ${version}, older than ${config.minimum}: its Spark and Python get fewer ` +
                        `fixes, and then none. Set glueVersion to "${config.minimum}" or newer.`,
                );
            }
        },
    },
);
