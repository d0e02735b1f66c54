/** Waiting for a service: asks again and again, at growing intervals, until there is an answer or no time left. */
import { setTimeout as delay } from "node:timers/promises";
import { StepFailure } from "./errors";

export interface PollOptions {
    /** What is waited for, for the message when time is up. */
    readonly what: string;
    readonly timeoutSeconds: number;
    readonly signal?: AbortSignal;
    /** First interval in milliseconds. @default 200 */
    readonly initialMs?: number;
    /** Largest interval in milliseconds. @default 5000 */
    readonly maxMs?: number;
}

/** The intervals between two questions: each half as long again as the one before, up to the largest. */
export function* backoff(initialMs = 200, maxMs = 5000): Generator<number, never> {
    for (let wait = initialMs; ; wait = Math.min(wait * 1.5, maxMs)) yield Math.round(wait);
}

/**
 * Asks until the answer is not undefined.
 * @throws StepFailure when the time is up; the signal's reason (an AbortError) when it is aborted.
 */
export async function poll<T>(ask: () => Promise<T | undefined>, options: PollOptions): Promise<T> {
    const deadline = Date.now() + options.timeoutSeconds * 1000;
    for (const wait of backoff(options.initialMs, options.maxMs)) {
        options.signal?.throwIfAborted();
        const answer = await ask();
        if (answer !== undefined) return answer;
        const left = deadline - Date.now();
        if (left <= 0) throw new StepFailure(`Gave up waiting for ${options.what} after ${options.timeoutSeconds} s.`);
        await delay(Math.min(wait, left), undefined, { signal: options.signal });
    }
    throw new Error("unreachable: backoff never ends");
}
