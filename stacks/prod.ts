/** prod: kept unless two keys say otherwise. */
import * as pulumi from "@pulumi/pulumi";
import type { LakeChoices } from "./lake";
import type { Settings } from "./settings";

/**
 * Data goes only with both keys: `lakeworks:forceDestroy` and `lakeworks:destroyConfirmation`, which repeats the stack's name.
 * With neither, buckets, key, databases and tables are protected, and kept even when their resources are removed from the program.
 * @throws when one key is set without the other.
 */
export function prod(settings: Settings): LakeChoices {
    const confirmed = settings.destroyConfirmation === settings.stack;
    if (settings.forceDestroy !== confirmed) {
        throw new pulumi.RunError(
            `Deleting the data of "${settings.stack}" takes two keys: set lakeworks:forceDestroy to true and ` +
                `lakeworks:destroyConfirmation to "${settings.stack}", or neither.`,
        );
    }
    return { settings, forceDestroy: confirmed, retain: !confirmed };
}
