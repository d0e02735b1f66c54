/** Partition and account of a component's provider, asked once for all components: a hundred pipelines would ask hundreds of times. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface Identity {
    readonly partition: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
}

/** By provider; resources without one of their own share the default one of their program. */
const identities = new WeakMap<object, Identity>();

/** @param parent the component, or the resource whose provider counts */
export function identityOf(parent: pulumi.Resource | undefined): Identity {
    const provider =
        parent?.getProvider("aws:index/getCallerIdentity:getCallerIdentity") ?? pulumi.runtime.getMonitor();
    const known = provider === undefined ? undefined : identities.get(provider);
    if (known !== undefined) {
        return known;
    }
    const identity: Identity = {
        partition: aws.getPartitionOutput({}, { parent }).partition,
        accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
    };
    if (provider !== undefined) {
        identities.set(provider, identity);
    }
    return identity;
}
