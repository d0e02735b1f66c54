/** The shapes of the AWS SDK as they travel in JSON 1.1: timestamps are numbers of epoch seconds. */

/**
 * An SDK shape as it travels and as we keep it on disk. State is held in this form so that what a client
 * sent comes back equal after any number of restarts.
 */
export type Wire<T> = T extends Date
    ? number
    : T extends (infer Item)[]
      ? Wire<Item>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T;

/** This moment as epoch seconds, with milliseconds as the fraction. */
export function nowSeconds(): number {
    return Date.now() / 1000;
}
