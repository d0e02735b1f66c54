/**
 * Run by `npm pack` and `npm publish` in a folder that is a package, before and after: puts what the package has beyond the
 * sources into the folder, and takes it away again, so that the repository itself never runs what was compiled some time ago.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/**
 * @param folder the package's, with a tsconfig.json that compiles into `dist`
 * @param copies what is copied into it: from the repository's root, to the package
 * @param texts files that the package has and the repository has not
 */
export function packing(folder, { copies = {}, texts = {} }) {
    const all = { LICENSE: "LICENSE", ...copies };
    const made = ["dist", ...Object.values(all).filter((file) => !file.startsWith("dist/")), ...Object.keys(texts)];
    for (const name of made) {
        fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
    if (process.argv[2] === "clean") return;
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const { status } = spawnSync(process.execPath, [tsc, "-p", folder], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
    const filter = (source) => path.basename(source) !== "__pycache__";
    for (const [from, to] of Object.entries(all)) {
        fs.cpSync(path.join(folder, "..", from), path.join(folder, to), { recursive: true, filter });
    }
    for (const [name, text] of Object.entries(texts)) {
        fs.writeFileSync(path.join(folder, name), text);
    }
}
