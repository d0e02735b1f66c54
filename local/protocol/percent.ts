/** Percent-encoding of paths. */

/** The text, or as it stands where it is not encoded well. */
export function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** Whether it decodes to text; keys of S3 are UTF-8. */
export function isEncodedWell(text: string): boolean {
    try {
        decodeURIComponent(text);
        return true;
    } catch {
        return false;
    }
}
