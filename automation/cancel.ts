/** Ctrl-C: the first one stops the running step in order, the second one ends the program at once. */

/** Who sent the signal decides whether `pulumi` still has to be told. */
export interface Cancellation {
    /** Aborted by the first SIGINT or SIGTERM. */
    readonly signal: AbortSignal;
    /**
     * Aborted only when our children did not get the signal themselves. A terminal sends Ctrl-C to the whole
     * foreground process group: passing it on would be Pulumi's second one, on which it drops the update half-way.
     */
    readonly forwarded: AbortSignal;
}

/** Installs the handlers; call once per process. */
export function cancelOnSignals(): Cancellation {
    const all = new AbortController();
    const forwarded = new AbortController();
    const onSignal = (name: "SIGINT" | "SIGTERM") => {
        if (all.signal.aborted) process.exit(130);
        process.stderr.write(
            "\nCancelling: the step that runs is being stopped. Press Ctrl-C again to leave at once.\n",
        );
        all.abort();
        if (name === "SIGTERM" || !process.stdin.isTTY) forwarded.abort();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    return { signal: all.signal, forwarded: forwarded.signal };
}
