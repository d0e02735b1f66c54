/** How a step that went wrong reaches the user: what failed, why, the log's tail, and what to do next. */

export interface FailureDetails {
    /** The service's own reason. */
    readonly reason?: string;
    /** The last lines of the step's log. */
    readonly log?: readonly string[];
    /** What to do about it. */
    readonly next?: string;
}

/** A step that failed; `message` names it with its run id or query id. */
export class StepFailure extends Error {
    constructor(
        message: string,
        readonly details: FailureDetails = {},
    ) {
        super(message);
        this.name = "StepFailure";
    }

    /** Everything known, in lines. */
    describe(): string {
        const { reason, log, next } = this.details;
        const lines = [this.message];
        if (reason) lines.push(`  reason: ${reason}`);
        if (log?.length) lines.push("  last lines of the log:", ...log.map((line) => `    ${line}`));
        if (next) lines.push(`  next: ${next}`);
        return lines.join("\n");
    }
}

/** Work stopped by Ctrl-C or SIGTERM; `left` says what still stands or runs. */
export class Cancelled extends Error {
    constructor(readonly left: string) {
        super("Cancelled.");
        this.name = "Cancelled";
    }
}

/** The AWS error's code, or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
    return error instanceof Error && "$metadata" in error ? error.name : undefined;
}
