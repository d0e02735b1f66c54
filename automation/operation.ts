/** One operation of the Pulumi engine, followed to its end. */
import { CommandError, ConcurrentUpdateError, type EngineEvent } from "@pulumi/pulumi/automation";
import type { Cancellation } from "./cancel";
import { EngineFollower, describeViolation, usefulErrors } from "./engineEvents";
import { Cancelled, StepFailure } from "./errors";
import type { Stage } from "./progress";
import { optionsOf, type Target } from "./target";

export type OperationName = "up" | "preview" | "refresh" | "destroy";

export interface Operation {
    readonly name: OperationName;
    readonly target: Target;
    readonly cancellation: Cancellation;
    readonly stage: Stage;
    /** Removes the lock of an update that was killed; false where there is none, or no right to. */
    dropStaleLock(): Promise<boolean>;
}

/** Options of every operation, for the Automation API. */
export interface RunOptions {
    readonly onEvent: (event: EngineEvent) => void;
    readonly signal: AbortSignal;
    readonly color: "never";
}

export interface Followed {
    readonly follower: EngineFollower;
    /** What Pulumi ended with; undefined = it did what it was asked to. */
    readonly failure?: CommandError;
}

/** @throws Cancelled after Ctrl-C, StepFailure where another update is running, and whatever is no answer of Pulumi's */
export async function follow(operation: Operation, run: (options: RunOptions) => Promise<unknown>): Promise<Followed> {
    const { name, target, cancellation, stage } = operation;
    const follower = new EngineFollower();
    const onEvent = (event: EngineEvent) => {
        follower.onEvent(event);
        stage.update(follower.status());
    };
    const ticking = setInterval(() => stage.update(follower.status()), 1000);
    const options = { onEvent, signal: cancellation.forwarded, color: "never" as const };
    try {
        await run(options).catch(async (error: unknown) => {
            if (!(error instanceof ConcurrentUpdateError) || !(await operation.dropStaleLock())) throw error;
            await run(options);
        });
        return { follower };
    } catch (error) {
        if (cancellation.signal.aborted) {
            const again = name === "destroy" ? "destroy" : "up";
            throw new Cancelled(
                `The ${name} of ${target.stack} stopped part-way (${follower.status()}); ` +
                    `"lakeworks ${again} ${optionsOf(target)}" goes on from there.`,
            );
        }
        if (error instanceof ConcurrentUpdateError) {
            const next = `Wait for it; if none is running any more: pulumi cancel --stack ${target.stack}.`;
            throw new StepFailure(`${title(operation)} cannot start: another update of the stack is running.`, {
                next,
            });
        }
        if (!(error instanceof CommandError)) throw error;
        return { follower, failure: error };
    } finally {
        clearInterval(ticking);
    }
}

/** @throws StepFailure with every mandatory violation and every error, where the operation failed */
export function succeeded(operation: Operation, { follower, failure }: Followed): EngineFollower {
    if (failure === undefined) return follower;
    const mandatory = follower.violations.filter((violation) => violation.mandatory).map(describeViolation);
    const errors = usefulErrors(follower.errors);
    const paragraphs: string[] = [];
    if (mandatory.length > 0) paragraphs.push(`${title(operation)} is stopped by policy:`, ...indented(mandatory));
    if (errors.length > 0) paragraphs.push(`${title(operation)} failed:`, ...indented(errors));
    if (paragraphs.length > 0) throw new StepFailure(paragraphs.join("\n"));
    throw new StepFailure(`${title(operation)} failed.`, { reason: reasonOf(failure) });
}

/** The CLI's own error, without the Automation API's wrapping. */
export function reasonOf(error: CommandError): string {
    const own = error.message.split("\n").filter((line) => line.startsWith("error: "));
    return own[0]?.slice("error: ".length) ?? error.message;
}

function title({ name, target }: Operation): string {
    return `pulumi ${name} of the stack ${target.stack}`;
}

function indented(texts: readonly string[]): string[] {
    return texts.map((text) => `  ${text}`);
}
