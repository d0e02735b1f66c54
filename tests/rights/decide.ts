/** What IAM would answer to a request, by a simulator of IAM's logic, over the policies of a deployed lake. */
import { anonymousPrincipal, runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Deployed } from "./deployed";

export type Answer = "allowed" | "denied";

/** Who asks. A service asks by its own name. */
export interface Caller {
    readonly principal: Simulation["request"]["principal"];
    /** Documents of the principal's own policies. */
    readonly policies: readonly string[];
}

export interface Question {
    readonly action: string;
    /** ARN, or `*` where the action knows no resource. */
    readonly resource: string;
    /** Condition keys of the request besides the connection's; `aws:SecureTransport` is true unless given. */
    readonly context?: Readonly<Record<string, string | string[]>>;
}

export const anonymous: Caller = { principal: anonymousPrincipal, policies: [] };

export function service(name: string): Caller {
    return { principal: name, policies: [] };
}

/** Somebody whose own policies allow everything: what is denied to them, the resource's policy denies. */
export function administrator(account: string): Caller {
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    return {
        principal: `arn:aws:iam::${account}:role/administrator`,
        policies: [JSON.stringify({ Version: "2012-10-17", Statement: [everything] })],
    };
}

/** @throws where the action, a resource, a condition key or a policy is none that the simulator knows: nothing is denied for a slip of the pen */
export async function decide(
    lake: Deployed,
    { principal, policies }: Caller,
    { action, resource, context = {} }: Question,
    endpointPolicy?: string,
): Promise<Answer> {
    const policy = lake.policyOf(resource);
    const outcome = await runSimulation(
        {
            request: {
                principal,
                action,
                resource: { resource, accountId: lake.account },
                contextVariables: { "aws:SecureTransport": "true", ...context },
            },
            identityPolicies: policies.map((document, index) => ({
                name: `policy-${index}`,
                policy: JSON.parse(document) as unknown,
            })),
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            resourcePolicy: policy === undefined ? undefined : (JSON.parse(policy) as unknown),
            vpcEndpointPolicies:
                endpointPolicy === undefined
                    ? []
                    : [{ name: "endpoint", policy: JSON.parse(endpointPolicy) as unknown }],
            additionalSettings: { s3: { blockPublicAccess: lake.restrictsPublic(resource) } },
        },
        {},
    );
    if (outcome.resultType === "error") {
        throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome.errors)}`);
    }
    const ignored = outcome.resultType === "single" ? (outcome.result.ignoredContextKeys ?? []) : [];
    if (ignored.length > 0) {
        throw new Error(`${action} on ${resource}: the simulator leaves ${ignored.join(", ")} out of account`);
    }
    return outcome.overallResult === "Allowed" ? "allowed" : "denied";
}
