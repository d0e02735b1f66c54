/**
 * Lists of what cannot be made here yet: creating one is refused, so the list is empty and says so truthfully.
 * Clean-up tools ask for all of them.
 */
import type { Operations } from "../protocol/operations";

export const uncreatable: Operations = {
    ListRegistries: () => ({ Registries: [] }),
};
