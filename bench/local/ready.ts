/** How long the local AWS takes from the start of its process to its first answer of Glue, as a client sees it. */
import { GetDatabasesCommand } from "@aws-sdk/client-glue";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ratio, seconds } from "../../automation/format";
import { projectRoot } from "../../tools/toolchain";
import { report } from "../result";
import { Bed, timed } from "./bed";

const rounds = 3;
/** What a start cannot do without: Node.js and the TypeScript compiler, by which the rest is loaded. */
const compiler = ["-r", "ts-node/register/transpile-only", "-e", "0"];

export async function ready(): Promise<void> {
    let best = Infinity;
    let loading = Infinity;
    for (let round = 0; round < rounds; round++) {
        loading = Math.min(
            loading,
            await timed(() => promisify(execFile)(process.execPath, compiler, { cwd: projectRoot })),
        );
        let bed: Bed | undefined;
        const took = await timed(async () => {
            bed = await Bed.start();
            await bed.glue.send(new GetDatabasesCommand({}));
        });
        best = Math.min(best, took);
        await bed?.stop();
    }
    report({
        name: "local-ready",
        title: "From the start to the first answer",
        columns: [
            { title: "what" },
            { title: "time", format: seconds },
            { title: "to the compiler alone", format: (times) => ratio(times, 1) },
        ],
        rows: [
            ["the local AWS answers Glue", best, best / loading],
            ["Node.js loads the TypeScript compiler", loading, 1],
        ],
    });
}
