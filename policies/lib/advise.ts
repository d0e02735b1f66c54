import type { ReportViolation } from "@pulumi/policy";

/**
 * Tells what a mandatory rule could not check, without failing the deployment. The SDK takes the level with a message
 * given as an object, which its types leave out.
 */
export function advise(report: ReportViolation, message: string, urn?: string): void {
    const reportAtLevel = report as unknown as (violation: {
        message: string;
        enforcementLevel: "advisory";
        urn?: string;
    }) => void;
    reportAtLevel({ message, enforcementLevel: "advisory", urn });
}
