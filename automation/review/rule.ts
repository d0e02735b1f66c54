/** What a rule of the policy pack says of itself: the engine's events carry a rule's name and message only. */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

export type Rule = Pick<
    ResourceValidationPolicy | StackValidationPolicy,
    | "name"
    | "displayName"
    | "description"
    | "severity"
    | "framework"
    | "tags"
    | "url"
    | "remediationSteps"
    | "configSchema"
>;
