/** What a rule tells of itself, and the configuration that it takes. */
import type { EnforcementLevel, PolicyComplianceFramework, Severity } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { exceptionsSchema, type ExceptionsConfig } from "./exceptions";

export interface RuleText {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly severity: Severity;
    /** Documentation of what the rule wants. */
    readonly url: string;
    readonly remediationSteps: string;
    readonly tags: string[];
    readonly framework?: PolicyComplianceFramework;
    /** @default mandatory */
    readonly enforcementLevel?: EnforcementLevel;
    /** Configuration beside `exceptions`, each property with its default. */
    readonly config?: Readonly<Record<string, PolicyConfigJSONSchema>>;
}

/** A rule's text in the SDK's words. */
export function policyOf({ config, enforcementLevel, ...told }: RuleText) {
    return {
        ...told,
        enforcementLevel: enforcementLevel ?? "mandatory",
        configSchema: { properties: schemaOf(config) },
    };
}

/** The configuration given, over the defaults: an engine that is given none passes none. */
export function configOf<C extends object>({ config }: RuleText, given: Partial<C>): C & ExceptionsConfig {
    const defaults = Object.entries(schemaOf(config)).map(([name, property]) => [name, property.default as unknown]);
    return { ...Object.fromEntries(defaults), ...given } as C & ExceptionsConfig;
}

function schemaOf(config: RuleText["config"]): Record<string, PolicyConfigJSONSchema> {
    return { ...config, exceptions: exceptionsSchema };
}
