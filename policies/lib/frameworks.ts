/** What rules check of public standards, by the ids of AWS Security Hub's controls. */
import type { PolicyComplianceFramework } from "@pulumi/policy";

const controlsPage = "https://docs.aws.amazon.com/securityhub/latest/userguide";

/** @param controls as `S3.5`, of the AWS Foundational Security Best Practices */
export function fsbp(...controls: readonly [string, ...string[]]): PolicyComplianceFramework {
    return {
        name: "AWS Foundational Security Best Practices",
        version: "1.0.0",
        reference: controls.join(", "),
        specification: `${controlsPage}/fsbp-standard.html`,
    };
}

/** @param section of the CIS AWS Foundations Benchmark */
export function cis(section: string): PolicyComplianceFramework {
    return {
        name: "CIS AWS Foundations Benchmark",
        version: "5.0.0",
        reference: section,
        specification: `${controlsPage}/cis-aws-foundations-benchmark.html`,
    };
}

/** @param control as `S3.14`, of those that Security Hub checks for NIST SP 800-53 */
export function nist(control: string): PolicyComplianceFramework {
    return {
        name: "NIST SP 800-53",
        version: "Revision 5",
        reference: control,
        specification: `${controlsPage}/${control.split(".")[0]!.toLowerCase()}-controls.html`,
    };
}

/** @param controls of the AWS Resource Tagging Standard */
export function tagging(...controls: readonly [string, ...string[]]): PolicyComplianceFramework {
    return {
        name: "AWS Resource Tagging Standard",
        version: "1.0.0",
        reference: controls.join(", "),
        specification: `${controlsPage}/standards-tagging.html`,
    };
}
