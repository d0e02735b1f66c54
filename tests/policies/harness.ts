/** Runs one policy on one resource as the SDK does in a preview: through the proxy that throws at unknown values. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as pulumiProxy from "@pulumi/policy/proxy";
import type { Exception } from "../../policies/lib/exceptions";

/** The SDK marks these as internal and leaves them out of its types. */
const { unknownCheckingProxy, unknownStringValue, unknownArrayValue, unknownObjectValue } = pulumiProxy as unknown as {
    readonly unknownCheckingProxy: <T>(props: T) => T;
    readonly unknownStringValue: string;
    readonly unknownArrayValue: string;
    readonly unknownObjectValue: string;
};

/** Stand in a fixture for a value of that shape that is not known at preview. */
export const unknownString = unknownStringValue;
export const unknownArray = unknownArrayValue as unknown as [];
export const unknownObject = unknownObjectValue as unknown as object;

export interface Verdict {
    /** Messages that stop the deployment. */
    readonly violations: readonly string[];
    readonly advice: readonly string[];
    /** Why the rule does not apply to the resource. */
    readonly notApplicable?: string;
    /** The SDK reports the rule as advisory: this value is not known yet. */
    readonly notKnownYet?: string;
}

class NotApplicable extends Error {}

export interface Subject {
    readonly type: string;
    readonly name?: string;
    readonly props: object;
}

export async function judge(
    policy: ResourceValidationPolicy,
    subject: Subject,
    exceptions?: readonly Exception[],
): Promise<Verdict> {
    const violations: string[] = [];
    const advice: string[] = [];
    const defaults = { exceptions: policy.configSchema?.properties["exceptions"]?.default };
    const name = subject.name ?? "resource-name";
    const validate = policy.validateResource;
    if (typeof validate !== "function") {
        throw new Error(`Policy ${policy.name} does not validate single resources.`);
    }
    const report = (message: string | { readonly message: string; readonly enforcementLevel: string }): void => {
        if (typeof message === "string") {
            violations.push(message);
        } else {
            (message.enforcementLevel === "advisory" ? advice : violations).push(message.message);
        }
    };
    try {
        await validate(
            {
                type: subject.type,
                name,
                urn: `urn:pulumi:test::test::${subject.type}::${name}`,
                props: unknownCheckingProxy(subject.props),
                opts: {
                    protect: false,
                    ignoreChanges: [],
                    aliases: [],
                    additionalSecretOutputs: [],
                    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
                },
                stackTags: new Map(),
                isType: () => false,
                asType: () => undefined,
                getConfig: <T extends object>() => ({ ...defaults, ...(exceptions && { exceptions }) }) as T,
                notApplicable: (reason) => {
                    throw new NotApplicable(reason);
                },
            },
            report,
        );
    } catch (error) {
        if (error instanceof NotApplicable) {
            return { violations, advice, notApplicable: error.message };
        }
        if (error instanceof Error && error.message.endsWith("can't be known during preview")) {
            return { violations, advice, notKnownYet: error.message };
        }
        throw error;
    }
    return { violations, advice };
}

export const clean: Verdict = { violations: [], advice: [] };

/** Just the one violation. */
export function violation(message: string): Verdict {
    return { violations: [message], advice: [] };
}
