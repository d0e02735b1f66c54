/**
 * Reading properties in a preview, where some are not known yet. The SDK throws when a rule touches such a value and
 * turns the rule's whole verdict into an advisory, so a rule reads what decides it through `look` and goes on without
 * the values that are missing.
 */

/** Stands for a value that the engine learns only in the update. */
export const unknown = Symbol("unknown at preview");

export class Preview {
    private firstUnknown: Error | undefined;

    /** What `read` returns, or `unknown` where it touches a value that is not known yet. */
    look<T>(read: () => T): T | typeof unknown {
        try {
            return read();
        } catch (error) {
            if (!isUnknownValue(error)) {
                throw error;
            }
            this.firstUnknown ??= error;
            return unknown;
        }
    }

    /** As `look`, for a value that the verdict does not need. */
    peek<T>(read: () => T): T | typeof unknown {
        return new Preview().look(read);
    }

    /**
     * To be called by a rule that found nothing wrong.
     * @throws the SDK's own error when a value was missing, so that the preview says that the check is still to come
     * instead of passing for a clean one. The update, where every value is known, runs the rule again.
     */
    settle(): void {
        if (this.firstUnknown !== undefined) {
            throw this.firstUnknown;
        }
    }
}

/** The SDK keeps the class of this error to itself, hence the name. */
function isUnknownValue(error: unknown): error is Error {
    return error instanceof Error && error.constructor.name === "UnknownValueError";
}
