/** Runs the remediating half of a rule as the SDK does in a preview: it changes the properties behind the proxy. */
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import * as pulumiProxy from "@pulumi/policy/proxy";
import type { Subject } from "./harness";

const { unknownCheckingProxy } = pulumiProxy as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };

/** @returns the properties after it, or undefined where the rule leaves them as they are */
export async function remediate(
    policy: ResourceValidationPolicy,
    { type, name = "resource-name", props }: Subject,
    config: object = {},
    provider?: ResourceValidationArgs["provider"],
): Promise<object | undefined> {
    const copy = structuredClone(props);
    const args = {
        type,
        name,
        urn: `urn:pulumi:test::test::${type}::${name}`,
        props: unknownCheckingProxy(copy),
        provider,
        getConfig: () => config,
    } as unknown as ResourceValidationArgs;
    return (await policy.remediateResource!(args)) === undefined ? undefined : copy;
}
