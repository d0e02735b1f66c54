/** The npm packages of package-lock.json. */
import * as fs from "node:fs";
import * as path from "node:path";
import { findOnPath, root } from "./paths.mjs";
import { run } from "./run.mjs";

/** @returns the step that brings node_modules in line with package-lock.json. */
export function planNode() {
    const missing = [];
    if (!modulesFit() && findOnPath("npm") === undefined) {
        missing.push({
            what: "npm",
            why: "installs the Node.js packages",
            how: "it comes with Node.js: https://nodejs.org",
        });
    }
    return {
        name: "node",
        title: "Node.js packages",
        after: [],
        missing,
        ready: modulesFit() ? {} : undefined,
        // No install scripts: what the program uses needs none, and @pulumi/docker's (which comes with @pulumi/awsx)
        // downloads a plugin and fails where that host is blocked.
        async build(step) {
            await run(step, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: root });
            return {};
        },
    };
}

/** Whether what npm last installed (it keeps a record, written when it is done) is what package-lock.json asks for. */
function modulesFit() {
    const installed = readPackages(path.join(root, "node_modules/.package-lock.json"));
    const wanted = readPackages(path.join(root, "package-lock.json"));
    return (
        installed !== undefined &&
        Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
            const found = installed[name];
            return (
                name === "" ||
                (found === undefined ? optional === true : found.version === version && found.integrity === integrity)
            );
        })
    );
}

function readPackages(file) {
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).packages : undefined;
}
