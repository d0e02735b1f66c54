/** examples/analysts, a program beside the lake, under mocks: its role is that of somebody who only asks questions. */
import Module from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { build, type Built } from "../components/mocks";
import { projectRoot } from "../../tools/toolchain";
import type { Deployed } from "./deployed";

type Resolve = (request: string, ...more: unknown[]) => string;

export async function analystsOf(lake: Deployed, stack: string): Promise<Built<unknown>> {
    const reference = `organization/lakeworks/${stack}`;
    const program = path.join(projectRoot, "examples/analysts/index.ts");
    const loader = Module as unknown as { _resolveFilename: Resolve };
    const resolve = loader._resolveFilename;
    // What `npm install lakeworks` would do.
    loader._resolveFilename = (request, ...more) =>
        resolve(request === "lakeworks" ? path.join(projectRoot, "components") : request, ...more);
    try {
        return await build(
            () => {
                pulumi.runtime.setAllConfig({
                    "lakeworks:lake": reference,
                    "lakeworks:tables": JSON.stringify(["monthly_sales"]),
                });
                delete require.cache[program];
                // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run it only once
                return require(program) as unknown;
            },
            stack,
            false,
            { [reference]: { outputs: { lake: lake.outputs }, secretOutputNames: [] } },
        );
    } finally {
        loader._resolveFilename = resolve;
    }
}
