/**
 * The policy findings for code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
 * with what GitHub reads of it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
import { createHash } from "node:crypto";
import type { Finding } from "./findings";
import type { Review } from "./review";

/** GitHub's scale from 0 to 10: over 9 is critical, over 7 high, over 4 medium. */
const securitySeverity = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

/** The engine does not know in which file a resource is declared: the program's entry stands for all, the URN for the resource. */
const sourceFile = "stacks/index.ts";

export function sarifReport(review: Review): object {
    const ruleIds = [...new Set(review.findings.map(({ rule }) => rule))];
    const seen = new Map<string, number>();
    const results = review.findings.map((finding) => {
        const fingerprint = createHash("sha256")
            .update(`${finding.rule}\n${finding.urn ?? review.stack}`)
            .digest("hex");
        const nth = (seen.get(fingerprint) ?? 0) + 1;
        seen.set(fingerprint, nth);
        return {
            ruleId: finding.rule,
            ruleIndex: ruleIds.indexOf(finding.rule),
            level: levelOf(finding),
            message: { text: `${finding.resource ?? `Stack ${review.stack}`}: ${finding.message}` },
            locations: [locationOf(finding, review.stack)],
            // The name that GitHub takes; it would else compute one from the line, and take all results at that line for one.
            partialFingerprints: { primaryLocationLineHash: `${fingerprint}:${nth}` },
        };
    });
    return {
        $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: "Lakeworks",
                        semanticVersion: review.versions.program,
                        rules: ruleIds.map((id) => ruleOf(review.findings.find(({ rule }) => rule === id)!)),
                    },
                },
                // One category for each stack: results of dev do not close those of prod.
                automationDetails: { id: `lakeworks-preview/${review.stack}/` },
                invocations: [
                    {
                        executionSuccessful: review.errors.length === 0,
                        endTimeUtc: review.when,
                        toolExecutionNotifications: review.errors.map((text) => ({
                            level: "error",
                            message: { text },
                        })),
                    },
                ],
                results,
            },
        ],
    };
}

function levelOf({ level, undecided }: Finding): "error" | "warning" | "note" {
    return level === "mandatory" ? "error" : undecided ? "note" : "warning";
}

function ruleOf(finding: Finding): object {
    const { rule, title, description, fix, url, severity, security, framework } = finding;
    const help = [description, fix === undefined ? "" : `Fix: ${fix}`].filter((text) => text !== "").join("\n\n");
    return {
        id: rule,
        name: rule.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
        shortDescription: { text: title },
        fullDescription: { text: description === "" ? title : description },
        ...(url === undefined ? {} : { helpUri: url }),
        help: { text: help === "" ? title : help },
        defaultConfiguration: { level: levelOf({ ...finding, undecided: false }) },
        properties: {
            tags: [...(security ? ["security"] : []), "data-lake", ...(framework === undefined ? [] : [framework])],
            precision: "very-high",
            "problem.severity": finding.level === "mandatory" ? "error" : "warning",
            ...(security ? { "security-severity": securitySeverity[severity] } : {}),
        },
    };
}

function locationOf({ urn, resource }: Finding, stack: string): object {
    return {
        physicalLocation: { artifactLocation: { uri: sourceFile }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource ?? stack, fullyQualifiedName: urn ?? stack, kind: "resource" }],
    };
}
