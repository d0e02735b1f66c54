/** Which AWS a command talks to. The only module that knows there is a local one, and the place that starts it. */
import * as path from "node:path";
import { findLocal, startLocal, type LocalAws } from "../local/control";
import { homeDir } from "../tools/toolchain";

export const localStack = "local";

export interface Target {
    readonly stack: string;
    /** Environment of `pulumi` beyond our own. */
    readonly pulumiEnv: Readonly<Record<string, string>>;
    /** Starts the engines of the local AWS ahead of need; does nothing for AWS. */
    warm(): Promise<void>;
    /** Present for the local stack alone. */
    readonly local?: LocalAws;
}

export const localStateDir = () => path.join(homeDir(), "local");

/**
 * Makes ready what a stack runs on and points the AWS SDK's environment at it: starts the local AWS for the local
 * stack, takes the user's own credentials and region for every other.
 */
export async function openTarget(stack: string): Promise<Target> {
    if (stack !== localStack) return { stack, pulumiEnv: {}, warm: async () => {} };
    const local = await startLocal({ stateDir: localStateDir(), detached: true });
    Object.assign(process.env, local.env());
    return { stack, pulumiEnv: local.pulumiEnv(), warm: () => local.warm(), local };
}

/** The local AWS that runs, if one does. */
export function runningLocal(): Promise<LocalAws | undefined> {
    return findLocal(localStateDir());
}
