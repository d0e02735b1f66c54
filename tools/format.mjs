/** `npm run format`: rewrites TypeScript, JavaScript, JSON, YAML and Markdown by Prettier, Python by ruff. */
import { execFileSync } from "node:child_process";
import { node, program } from "./lib/checks.mjs";
import { root } from "./lib/paths.mjs";
import { orExplain, setUp } from "./lib/setup.mjs";

await orExplain(async () => {
    await setUp();
    const commands = [
        node("prettier/bin/prettier.cjs", "--write", "--log-level", "warn", "."),
        [program("ruff"), "check", "--fix", "--exit-zero", "--quiet", "."],
        [program("ruff"), "format", "--quiet", "."],
    ];
    for (const [command, ...args] of commands) {
        execFileSync(command, args, { cwd: root, stdio: "inherit" });
    }
});
