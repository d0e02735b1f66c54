/** A customer managed KMS key with an alias: what a component creates unless it is given a key. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./iam";
import { identityOf } from "./identity";
import { accountStatement, type KeyOwner } from "./keyPolicy";

/**
 * @param name of the key resource; its alias is `${name}-alias`.
 * @param args.alias what stands behind `alias/`.
 * @param args.region of the key, from a resource of the same provider.
 * @param args.statements who may use the key besides the account's own IAM.
 * @returns the key's ARN.
 */
export function createKey(
    name: string,
    args: {
        alias: string;
        description: string;
        region: pulumi.Input<string>;
        statements: (owner: KeyOwner) => Statement[];
    },
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const { accountId, partition } = identityOf(opts.parent);
    const key = new aws.kms.Key(
        name,
        {
            description: args.description,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: pulumi
                .all([partition, args.region, accountId])
                .apply(([part, region, account]) => ({ partition: part, region, accountId: account }))
                .apply((owner) => policyDocument([accountStatement(owner), ...args.statements(owner)])),
        },
        opts,
    );
    new aws.kms.Alias(`${name}-alias`, { name: `alias/${args.alias}`, targetKeyId: key.keyId }, opts);
    return key.arn;
}
