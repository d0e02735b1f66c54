/** The program of a stack under mocks, as the engine would run it. */
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { LakeOutputs } from "../../components/lakeOutputs";
import { build, type Built } from "../components/mocks";
import { configOf } from "./config";

export type Program = { lake: pulumi.Output<LakeOutputs> };

const folder = path.resolve(__dirname, "../../stacks");

/**
 * Runs stacks/index.ts anew.
 * @param config the engine's; by default what the stack's own file gives
 * @param answers more outputs of resources, by their names
 */
export function runProgram(
    stack: string,
    config: Record<string, string> = configOf(stack),
    answers: Readonly<Record<string, object>> = {},
): Promise<Built<Program>> {
    const program = () => {
        pulumi.runtime.setAllConfig(config);
        for (const file of Object.keys(require.cache).filter((loaded) => loaded.startsWith(folder))) {
            delete require.cache[file];
        }
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run the program only once
        return require(path.join(folder, "index")) as Program;
    };
    return build(program, stack, false, answers);
}

/** Runs something with or without an endpoint of a local AWS in the environment: the program heeds it. */
export async function atEndpoint<T>(endpoint: string | undefined, work: () => Promise<T>): Promise<T> {
    const before = process.env.AWS_ENDPOINT_URL;
    const set = (value: string | undefined) => {
        if (value === undefined) delete process.env.AWS_ENDPOINT_URL;
        else process.env.AWS_ENDPOINT_URL = value;
    };
    set(endpoint);
    try {
        return await work();
    } finally {
        set(before);
    }
}
