import { compareVersions } from "../lib/glueVersion";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

interface Config {
    readonly maxMinutes: number;
}

/** What AWS documents where no timeout is given: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html */
const documentedDefault = 2880;

export const jobTimeout = resourceRule<Config>(
    {
        name: "job-timeout",
        displayName: "Jobs end in time",
        description: "A run of a Glue job that hangs is stopped before it costs much.",
        severity: "medium",
        tags: ["cost"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/add-job.html",
        remediationSteps: "Set timeout to some times the minutes that a run takes.",
        config: {
            maxMinutes: { type: "integer", minimum: 1, default: 480, description: "Most minutes of one run." },
        },
    },
    {
        "aws:glue/job:Job": ({ props, name, config, look, report, advise, notApplicable }) => {
            const command = look(() => props.command.name ?? "glueetl");
            if (command === "gluestreaming" || command === "glueray") {
                notApplicable(
                    command === "gluestreaming"
                        ? `"${name}" is a streaming job, which does not end`
                        : `"${name}" is a Ray job, which takes no timeout`,
                );
            }
            const timeout = look(() => props.timeout ?? 0);
            const version = look(() => props.glueVersion ?? "");
            const fix = `Set timeout to ${config.maxMinutes} or less.`;
            if (timeout === unknown || command === unknown) {
                return;
            }
            if (timeout > config.maxMinutes) {
                report(`Job "${name}" ${tooLong(timeout, config.maxMinutes)} ${fix}`);
            }
            if (timeout === 0 && config.maxMinutes < documentedDefault && version !== unknown) {
                if (version !== "" && compareVersions(version, "5.0") < 0) {
                    report(
                        `Job "${name}" has no timeout, and with Glue ${version} a run that hangs is paid for up to 2,880 ` +
                            `minutes. ${fix}`,
                    );
                } else {
                    // From 5.0 on, 480 minutes are said to be the default; what AWS documents of its API is still 2,880.
                    advise(`Job "${name}" has no timeout: when a run that hangs ends is up to Glue. ${fix}`);
                }
            }
        },
        "aws:glue/trigger:Trigger": ({ props, name, config, look, report }) => {
            const actions = look(() => props.actions.map((action) => action));
            for (const index of actions === unknown ? [] : actions.keys()) {
                const timeout = look(() => props.actions[index]?.timeout ?? 0);
                if (timeout !== unknown && timeout > config.maxMinutes) {
                    report(
                        `Trigger "${name}" starts a job that ${tooLong(timeout, config.maxMinutes)} ` +
                            `Set actions[${index}].timeout to ${config.maxMinutes} or less, or leave it out.`,
                    );
                }
            }
        },
    },
);

function tooLong(timeout: number, most: number): string {
    return `may run for ${timeout} minutes, more than ${most}: a run that hangs is paid for that long.`;
}
