import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";
import type { Props } from "../lib/resourceTypes";

type Configuration = Props<"aws:glue/securityConfiguration:SecurityConfiguration">["encryptionConfiguration"];

const parts: readonly {
    readonly what: string;
    readonly path: string;
    readonly fix: string;
    readonly of: (configuration: Configuration) => string | undefined;
}[] = [
    {
        what: "what jobs write to S3",
        path: "s3Encryption.s3EncryptionMode",
        fix: "SSE-KMS",
        of: (configuration) => configuration.s3Encryption.s3EncryptionMode,
    },
    {
        what: "logs",
        path: "cloudwatchEncryption.cloudwatchEncryptionMode",
        fix: "SSE-KMS",
        of: (configuration) => configuration.cloudwatchEncryption.cloudwatchEncryptionMode,
    },
    {
        what: "job bookmarks",
        path: "jobBookmarksEncryption.jobBookmarksEncryptionMode",
        fix: "CSE-KMS",
        of: (configuration) => configuration.jobBookmarksEncryption.jobBookmarksEncryptionMode,
    },
];

export const encryptedJobs = resourceRule(
    {
        name: "encrypted-jobs",
        displayName: "Glue's security configurations encrypt",
        description: "A Glue security configuration encrypts output, logs and bookmarks.",
        severity: "high",
        tags: ["security", "encryption"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
        remediationSteps:
            'Set s3EncryptionMode to "SSE-KMS" or "SSE-S3", cloudwatchEncryptionMode to "SSE-KMS" and ' +
            'jobBookmarksEncryptionMode to "CSE-KMS", each with kmsKeyArn.',
    },
    {
        "aws:glue/securityConfiguration:SecurityConfiguration": ({ props, name, look, report }) => {
            const off = parts.filter(({ of }) => {
                const mode = look(() => of(props.encryptionConfiguration));
                // The provider's default is DISABLED.
                return mode !== unknown && (mode ?? "DISABLED") === "DISABLED";
            });
            if (off.length > 0) {
                report(
                    `Security configuration "${name}" does not encrypt ${list(off.map(({ what }) => what))}: whoever ` +
                        "gets at them reads what the jobs process. Set in encryptionConfiguration " +
                        `${list(off.map(({ path, fix }) => `${path} to "${fix}"`))}, with kmsKeyArn.`,
                );
            }
        },
    },
);
