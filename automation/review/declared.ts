/** What stands before a preview's update and after it, in the words of the cost estimate. */
import type { StepEventStateMetadata } from "@pulumi/pulumi/automation";
import type { DeclaredResource } from "../cost/resources";
import { nameOf } from "./changes";
import type { ResourceStep } from "./engineSteps";

export interface Declared {
    readonly before: readonly DeclaredResource[];
    readonly after: readonly DeclaredResource[];
}

export function declaredIn(steps: readonly ResourceStep[]): Declared {
    return {
        before: steps.flatMap((step) => (step.op !== "create" && step.old ? [declared(step.old)] : [])),
        after: steps.flatMap((step) => (step.op !== "delete" && step.new ? [declared(step.new)] : [])),
    };
}

function declared({ urn, type, parent, inputs }: StepEventStateMetadata): DeclaredResource {
    return { urn, type, name: nameOf(urn), parent: parent === "" ? undefined : parent, inputs };
}
