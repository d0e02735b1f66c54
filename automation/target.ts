/** Which AWS a command talks to. The only module that knows there is a local one, and the place that starts it. */
import * as path from "node:path";
import { findLocal, startLocal, type LocalAws } from "../local/control";
import { homeDir } from "../tools/toolchain";
import { StepFailure } from "./errors";

export const localStack = "local";

export interface Target {
    readonly stack: string;
    /** Environment of `pulumi` beyond our own. */
    readonly pulumiEnv: Readonly<Record<string, string>>;
    /** Starts the engines of the local AWS ahead of need; does nothing for AWS. */
    warm(): Promise<void>;
    /** Present where the stack stands on the local AWS. */
    readonly local?: LocalAws;
}

export const localStateDir = () => path.join(homeDir(), "local");

/**
 * Makes ready what a stack runs on and points the AWS SDK's environment at it.
 * @param onLocal start the local AWS; else the user's own credentials and region are taken
 * @param host the address that the local AWS is to listen on, where that is not loopback
 */
export async function openTarget(stack: string, onLocal: boolean, host?: string): Promise<Target> {
    if (!onLocal) return { stack, pulumiEnv: {}, warm: async () => {} };
    const local = await startLocal({ stateDir: localStateDir(), detached: true, host }).catch((error: unknown) => {
        throw new StepFailure((error as Error).message);
    });
    Object.assign(process.env, local.env());
    return { stack, pulumiEnv: local.pulumiEnv(), warm: () => local.warm(), local };
}

/** The options that lead another command to the same stack. */
export function optionsOf({ stack, local }: Target): string {
    return `--stack ${stack}${local !== undefined && stack !== localStack ? " --local" : ""}`;
}

/** Does something to the state while no local AWS runs on it; one that ran is started again at its endpoint. */
export async function withLocalStopped(work: () => Promise<void>): Promise<void> {
    const running = await runningLocal();
    await running?.stop();
    try {
        await work();
    } finally {
        if (running !== undefined) {
            const { endpoint, host } = running;
            await startLocal({ stateDir: localStateDir(), port: Number(new URL(endpoint).port), host });
        }
    }
}

/** The local AWS that runs. @throws StepFailure when none does */
export async function requiredLocal(): Promise<LocalAws> {
    const running = await runningLocal();
    if (running !== undefined) return running;
    throw new StepFailure("The local AWS does not run.", { next: 'Start it: "lakeworks local start".' });
}

/** The local AWS that runs, if one does. */
export function runningLocal(): Promise<LocalAws | undefined> {
    return findLocal(localStateDir());
}
