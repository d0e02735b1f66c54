/**
 * Run by `npm pack` and `npm publish`, before and after: puts what the package has beyond the sources into this folder, and
 * takes it away again, so that the repository itself never runs what was compiled some time ago.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

const inPackage = (name) => path.join(import.meta.dirname, name);
const inRepository = (name) => path.join(import.meta.dirname, "..", name);

for (const made of ["dist", "glue-scripts", "index.js", "LICENSE"]) {
    fs.rmSync(inPackage(made), { recursive: true, force: true });
}
if (process.argv[2] !== "clean") {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const { status } = spawnSync(process.execPath, [tsc, "-p", import.meta.dirname], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
    // The package's "main" is ./index: this file there, index.ts in the repository.
    fs.writeFileSync(inPackage("index.js"), 'module.exports = require("./dist");\n');
    const filter = (source) => path.basename(source) !== "__pycache__";
    fs.cpSync(inRepository("glue-scripts"), inPackage("glue-scripts"), { recursive: true, filter });
    fs.copyFileSync(inRepository("LICENSE"), inPackage("LICENSE"));
}
