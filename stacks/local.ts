/** local: dev's shape on a local endpoint. */
import * as pulumi from "@pulumi/pulumi";
import type { LakeChoices } from "./lake";
import type { Settings } from "./settings";

/** @throws when no endpoint is set: the stack would go to AWS, with whatever credentials are around. */
export function local(settings: Settings): LakeChoices {
    if (process.env.AWS_ENDPOINT_URL === undefined) {
        throw new pulumi.RunError(
            `Stack "${settings.stack}" is for a local endpoint, and AWS_ENDPOINT_URL is not set. ` +
                "Run it by `lakeworks up --stack local`, which starts one.",
        );
    }
    return { settings, forceDestroy: true, retain: false };
}
