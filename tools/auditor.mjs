/** `npm run audit:cloud`: sets up the tools and the auditor where they are missing, and runs the audit. */
import * as path from "node:path";
import { root } from "./lib/paths.mjs";
import { planAuditor } from "./lib/python.mjs";
import { endOnSignals, start } from "./lib/run.mjs";
import { makeReady, orExplain, setUp } from "./lib/setup.mjs";

await orExplain(async () => {
    await setUp();
    const prowler = path.join(path.dirname(await makeReady(planAuditor())), "prowler");
    endOnSignals("The audit was interrupted.");
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
    const args = ["-r", "ts-node/register/transpile-only", "audit", prowler, ...process.argv.slice(2)];
    const child = start(process.execPath, args, { cwd: root, stdio: "inherit", env });
    process.exitCode = await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => resolve(code ?? 1));
    });
});
