/** A run's arguments. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
import { AwsError } from "../../protocol/operations";
import type { LogEncryption } from "./encryption";
import type { StoredJob } from "./state";

/** What Glue would do and we do not: a run that asks for it must not look as if it had got it. */
const refused: Readonly<Record<string, (value: string) => boolean>> = {
    "--datalake-formats": (value) => value !== "iceberg",
    "--enable-glue-datacatalog": (value) => value !== "false",
    "--enable-data-lineage": (value) => value !== "false",
    "--enable-lakeformation-fine-grained-access": (value) => value !== "false",
    "--job-bookmark-from": () => true,
    "--job-bookmark-to": () => true,
    "--job-language": (value) => value !== "python",
    "--python-modules-installer-option": () => true,
};

/**
 * The arguments that the run gets: the job's defaults, the run's own over them, the non-overridable ones over both.
 * @throws InvalidInputException naming an argument that the local AWS does not do
 */
export function argumentsOf(job: StoredJob, own: Record<string, string> | undefined): Record<string, string> {
    const merged = { ...job.DefaultArguments, ...own, ...job.NonOverridableArguments };
    for (const [name, value] of Object.entries(merged)) {
        if (!name.startsWith("--")) {
            throw new AwsError("InvalidInputException", `The argument ${name} must start with "--".`);
        }
        if (Object.hasOwn(refused, name) && refused[name]?.(value)) {
            throw new AwsError(
                "InvalidInputException",
                `The local AWS does not support the job argument ${name}=${value}.`,
            );
        }
    }
    return merged;
}

/** Does the run need settings that a JVM can only get at its start? */
export function needsOwnJvm(runArguments: Record<string, string>): boolean {
    return ["--extra-jars", "--conf", "--datalake-formats"].some((name) => name in runArguments);
}

export interface LogTarget {
    readonly group: string;
    readonly stream: string;
    /** Key of the group, should it have to be made. */
    readonly kmsKeyArn?: string;
}

/**
 * Where stdout and stderr of a run go in CloudWatch Logs, and the LogGroupName that its run shows. A security
 * configuration that encrypts logs is part of the groups' names, and for all but continuous logs the role too.
 * @see https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
 */
export function logTargets(
    runId: string,
    runArguments: Record<string, string>,
    encryption?: LogEncryption,
): { groupName: string; output: LogTarget; error: LogTarget } {
    const kmsKeyArn = encryption?.kmsKeyArn;
    const continuous = runArguments["--continuous-log-logGroup"];
    if (continuous !== undefined) {
        const group = encryption === undefined ? continuous : `${continuous}-${encryption.securityConfiguration}`;
        const output = { group, stream: runId, kmsKeyArn };
        return { groupName: group, output, error: { ...output, stream: `${runId}-driver` } };
    }
    const prefix = runArguments["--custom-logGroup-prefix"] ?? "/aws-glue/jobs";
    const groupName =
        encryption === undefined ? prefix : `${prefix}/${encryption.securityConfiguration}-role/${encryption.roleName}`;
    const stream = runArguments["--custom-logStream-prefix"] ?? runId;
    return {
        groupName,
        output: { group: `${groupName}/output`, stream, kmsKeyArn },
        error: { group: `${groupName}/error`, stream, kmsKeyArn },
    };
}
