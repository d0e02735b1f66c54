/** Policy violations with what their rule says of itself. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { label, plain } from "../engineEvents";
import type { Rule } from "./rule";

export interface Finding {
    /** The rule's name, in kebab case. */
    readonly rule: string;
    readonly title: string;
    /** A mandatory finding stops the deployment. */
    readonly level: "mandatory" | "advisory";
    /** The rule could not decide: a value is known only in the update, which runs the rule again. */
    readonly undecided: boolean;
    /** Type and name; undefined = the whole stack. */
    readonly resource?: string;
    readonly urn?: string;
    /** What is wrong at this resource, and how to put it right. */
    readonly message: string;
    /** What the rule wants. */
    readonly description: string;
    readonly severity: "low" | "medium" | "high" | "critical";
    /** Is it about who can read or change what? */
    readonly security: boolean;
    /** Compliance framework and reference, where the rule belongs to one. */
    readonly framework?: string;
    /** Documentation of the rule. */
    readonly url?: string;
    readonly fix?: string;
}

const weights = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** Mandatory ones first, then by severity; what is undecided last. */
export function findingsOf(events: readonly EngineEvent[], rules: readonly Rule[]): Finding[] {
    const byName = new Map(rules.map((rule) => [rule.name, rule]));
    const findings = new Map<string, Finding>();
    for (const { policyEvent } of events) {
        if (policyEvent === undefined) continue;
        const finding = findingOf(policyEvent, byName.get(policyEvent.policyName));
        // A replacement is judged more than once.
        findings.set(JSON.stringify([finding.rule, finding.urn, finding.message]), finding);
    }
    const rank = ({ level, undecided, severity }: Finding) =>
        (level === "mandatory" ? 0 : undecided ? 200 : 100) + weights[severity];
    return [...findings.values()].sort((a, b) => rank(a) - rank(b));
}

function findingOf(event: NonNullable<EngineEvent["policyEvent"]>, rule: Rule | undefined): Finding {
    const urn = event.resourceUrn?.includes("::pulumi:pulumi:Stack::") ? undefined : event.resourceUrn;
    const description = rule?.description ?? "";
    const text = plain(event.message);
    // The SDK puts the rule's description before the message.
    const message = text.startsWith(`${description}\n`) ? text.slice(description.length + 1).trim() : text;
    return {
        rule: event.policyName,
        title: rule?.displayName ?? event.policyName,
        level: event.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        undecided: message.startsWith("can't run policy ") && message.includes(" during preview: "),
        resource: urn === undefined || urn === "" ? undefined : label(urn),
        urn: urn === "" ? undefined : urn,
        message,
        description,
        severity: rule?.severity ?? "medium",
        security: rule?.tags?.includes("security") ?? false,
        framework: frameworkOf(rule),
        url: rule?.url,
        fix: rule?.remediationSteps,
    };
}

function frameworkOf(rule: Rule | undefined): string | undefined {
    if (rule?.framework === undefined) return undefined;
    const { name, version, reference } = rule.framework;
    return [name, version, reference].filter((part) => part !== undefined && part !== "").join(" ");
}
