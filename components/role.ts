/** A service role with one inline policy: what each component creates unless it is given a role. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { rolePolicy, trustPolicy, type Statement } from "./iam";

interface RoleArgs {
    readonly service: string;
    readonly description: string;
    /** Account on whose behalf alone the service may take the role. */
    readonly sourceAccount?: pulumi.Input<string>;
}

/**
 * @param name of the role resource; the policy is `${name}-policy`.
 * @returns the role's ARN, which resolves once the policy is attached: whatever uses the ARN may act at once.
 */
export function createRole(
    name: string,
    args: RoleArgs & { readonly statements: pulumi.Input<Statement[]> },
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return grantRights(name, createServiceRole(name, args, parent), args.statements, parent);
}

/** A role without rights: for a caller whose resources bear the role's name before its rights can name them. */
export function createServiceRole(name: string, args: RoleArgs, parent: pulumi.Resource): aws.iam.Role {
    return new aws.iam.Role(
        name,
        {
            assumeRolePolicy: pulumi.output(args.sourceAccount).apply((account) => trustPolicy(args.service, account)),
            description: args.description,
        },
        { parent },
    );
}

/** Attaches the policy; returns the role's ARN as `createRole` does. */
export function grantRights(
    name: string,
    role: aws.iam.Role,
    statements: pulumi.Input<Statement[]>,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: pulumi.output(statements).apply((all) => rolePolicy(name, all)) },
        { parent },
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}
