/** What one dataset of `prod` is made of; tests/scale compares it with the program. */

/** Of its job and its two crawlers. */
export const rolesPerDataset = 3;
/** Duration, freshness and scanned bytes. */
export const alarmsPerDataset = 3;
