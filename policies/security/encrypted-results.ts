import { given } from "../lib/given";
import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

const options = ["SSE_S3", "SSE_KMS", "CSE_KMS"];

export const encryptedResults = resourceRule(
    {
        name: "encrypted-results",
        displayName: "Athena's results are encrypted",
        description: "A workgroup says how its results are encrypted, or leaves them to Athena.",
        severity: "medium",
        tags: ["security", "encryption"],
        // Security Hub had a control of this, Athena.1; it was retired in April 2024, as S3 encrypts every new object.
        url: "https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html",
        remediationSteps:
            'Set configuration.resultConfiguration.encryptionConfiguration.encryptionOption to "SSE_S3", or to "SSE_KMS" ' +
            "with kmsKeyArn, or set configuration.managedQueryResultsConfiguration.enabled to true.",
    },
    {
        "aws:athena/workgroup:Workgroup": ({ props, name, look, report, advise }) => {
            const managed = look(() => props.configuration?.managedQueryResultsConfiguration?.enabled);
            const hasLocation = given(() => props.configuration?.resultConfiguration?.outputLocation);
            if (managed !== false && managed !== undefined) {
                return; // Athena encrypts what it keeps itself.
            }
            if (!hasLocation) {
                return; // No results to encrypt; the rule enforced-workgroups tells of that.
            }
            const path = "configuration.resultConfiguration.encryptionConfiguration";
            const encryption = look(() => props.configuration?.resultConfiguration?.encryptionConfiguration);
            const option = encryption === unknown ? unknown : look(() => encryption?.encryptionOption);
            if (option === unknown) {
                return;
            }
            if (option === undefined) {
                advise(
                    `Workgroup "${name}" does not say how its results are encrypted: they get what their bucket has by ` +
                        `default. Set ${path}.encryptionOption to "SSE_S3", or to "SSE_KMS" with kmsKeyArn.`,
                );
            } else if (!options.includes(option)) {
                report(
                    `Workgroup "${name}" has "${option}" for the encryption of its results, which Athena does not know. ` +
                        `Set ${path}.encryptionOption to ${list(options, "or")}.`,
                );
            } else if (
                option !== "SSE_S3" &&
                !given(() => props.configuration?.resultConfiguration?.encryptionConfiguration?.kmsKeyArn)
            ) {
                report(
                    `Workgroup "${name}" encrypts its results by ${option} without a key, so that no query can write ` +
                        `any. Set ${path}.kmsKeyArn.`,
                );
            }
        },
    },
);
