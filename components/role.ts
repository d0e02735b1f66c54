/** A service role with one inline policy: what each component creates unless it is given a role. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustPolicy, type Statement } from "./iam";

/**
 * @param name of the role resource; the policy is `${name}-policy`.
 * @returns the role's ARN, which resolves once the policy is attached: whatever uses the ARN may act at once.
 */
export function createRole(
    name: string,
    args: { service: string; description: string; statements: pulumi.Input<Statement[]> },
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        name,
        { assumeRolePolicy: trustPolicy(args.service), description: args.description },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: pulumi.output(args.statements).apply(policyDocument) },
        { parent },
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}
