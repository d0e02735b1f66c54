/**
 * `npm start [-- arguments]`: set-up, then the whole flow on the local stack. The arguments are those of `lakeworks run`;
 * without `--dataset` the flow is that of one dataset, for a fast first look.
 */
import { createRequire } from "node:module";
import * as path from "node:path";
import { root } from "./lib/paths.mjs";
import { orExplain, setUp } from "./lib/setup.mjs";

await orExplain(async () => {
    await setUp();
    // In this process: signals and the exit code are then the command's own.
    const program = path.join(root, "automation/bin/lakeworks.js");
    const given = process.argv.slice(2);
    const chosen = given.some((word) => /^--dataset(=|$)/.test(word)) ? [] : ["--dataset", "sales"];
    process.argv = [process.argv[0], program, "run", "--stack", "local", ...chosen, ...given];
    createRequire(import.meta.url)(program);
});
