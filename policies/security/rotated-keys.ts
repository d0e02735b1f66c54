import { cis } from "../lib/frameworks";
import { given } from "../lib/given";
import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

export const rotatedKeys = resourceRule(
    {
        name: "rotated-keys",
        displayName: "KMS keys rotate",
        description: "A symmetric KMS key for encryption rotates by itself.",
        severity: "medium",
        tags: ["security", "encryption"],
        // Security Hub's control KMS.4.
        framework: cis("3.6"),
        url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html",
        remediationSteps: "Set enableKeyRotation to true.",
    },
    {
        "aws:kms/key:Key": ({ props, name, look, report, notApplicable }) => {
            const spec = look(() => props.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT");
            const usage = look(() => props.keyUsage ?? "ENCRYPT_DECRYPT");
            if (spec === unknown || usage === unknown) {
                return;
            }
            if (spec !== "SYMMETRIC_DEFAULT" || usage !== "ENCRYPT_DECRYPT") {
                notApplicable(`KMS rotates no key of spec ${spec} for ${usage}`);
            }
            if (given(() => props.customKeyStoreId) || given(() => props.xksKeyId)) {
                notApplicable(`KMS rotates no key of a custom key store, as "${name}" is`);
            }
            const rotates = look(() => props.enableKeyRotation);
            if (rotates !== unknown && rotates !== true) {
                report(
                    `Key "${name}" does not rotate, which is KMS's default: all that is ever encrypted by it stands or ` +
                        "falls with one piece of key material. Set enableKeyRotation to true; what is encrypted stays readable.",
                );
            }
        },
    },
);
