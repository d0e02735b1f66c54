/** `node tools/clients.mjs ARGUMENT …`: the Python of the clients' environment, which is made when it is missing. */
import { spawn } from "node:child_process";
import * as path from "node:path";
import { planClients } from "./lib/python.mjs";
import { makeReady, orExplain } from "./lib/setup.mjs";

await orExplain(async () => {
    const python = await makeReady(planClients());
    // Tests start the local AWS with this Node.js, and the clients' own commands by their names.
    const folders = [path.dirname(python), path.dirname(process.execPath), process.env.PATH];
    const env = { ...process.env, PATH: folders.join(path.delimiter) };
    // In our process group, so that who ends us ends it too.
    const child = spawn(python, process.argv.slice(2), { stdio: "inherit", env });
    process.exitCode = await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => resolve(code ?? 1));
    });
});
