/** Where a Glue job logs to, and how what it leaves is encrypted. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface JobLogs {
    readonly groups: aws.cloudwatch.LogGroup[];
    /** The groups are `<prefix>/output` and `<prefix>/error`. */
    readonly prefix: pulumi.Output<string>;
    readonly arns: pulumi.Output<string>[];
    /** Arguments that make the job write there. */
    readonly arguments: Record<string, pulumi.Input<string>>;
}

/** Output and temporary files by SSE-KMS, logs by SSE-KMS, bookmarks by CSE-KMS, all with one key. */
export function createSecurityConfiguration(
    name: string,
    kmsKeyArn: pulumi.Input<string>,
    parent: pulumi.Resource,
): aws.glue.SecurityConfiguration {
    return new aws.glue.SecurityConfiguration(
        `${name}-security`,
        {
            name,
            encryptionConfiguration: {
                s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn },
                cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn },
                jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn },
            },
        },
        // It cannot be changed, and its name is part of the names of the log groups.
        { parent, deleteBeforeReplace: true },
    );
}

/**
 * Groups of the job's own, made before Glue would make them without a retention. Glue 5 writes to `<prefix>/output` and
 * `<prefix>/error`: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
 * Under a security configuration it takes `/aws-glue/jobs/<security configuration>-role/<role>` for the prefix.
 */
export function createLogs(
    name: string,
    retentionInDays: number,
    encryption: { readonly kmsKeyArn: pulumi.Input<string>; readonly roleName: pulumi.Output<string> } | undefined,
    parent: pulumi.Resource,
): JobLogs {
    const folder = `/aws-glue/jobs/${name}`;
    const prefix =
        encryption === undefined ? pulumi.output(folder) : pulumi.interpolate`${folder}-role/${encryption.roleName}`;
    const groups = (["output", "error"] as const).map(
        (kind) =>
            new aws.cloudwatch.LogGroup(
                `${name}-logs-${kind}`,
                { name: pulumi.interpolate`${prefix}/${kind}`, retentionInDays, kmsKeyId: encryption?.kmsKeyArn },
                { parent },
            ),
    );
    return {
        groups,
        prefix,
        arns: groups.map((group) => group.arn),
        arguments: encryption === undefined ? { "--custom-logGroup-prefix": prefix } : {},
    };
}
