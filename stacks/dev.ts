/** dev: small and cheap, on demand, gone when destroyed. */
import type { LakeChoices } from "./lake";
import type { Settings } from "./settings";

export function dev(settings: Settings): LakeChoices {
    return { settings, forceDestroy: settings.forceDestroy, retain: false };
}
