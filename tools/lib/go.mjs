/** Building Go programs from the module proxy, one at a time: each uses every core and up to 4 GB. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { compareVersions, findOnPath, root } from "./paths.mjs";
import { run } from "./run.mjs";

const environment = { GOWORK: "off" };
const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false"];
const hint =
    "Go reads its modules from GOPROXY (go env GOPROXY). If a module could not be fetched, check the network and run again: " +
    "what was compiled is kept.";

/** Builds a main package of the module in `cwd`. `variables` are set in the program (-X). */
export function goBuild(step, { cwd, program, target, variables }) {
    const set = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
    const args = ["build", ...flags, "-ldflags", ["-s -w", ...set].join(" "), "-o", target, program];
    return go(step, args, cwd);
}

/** Any other go command, at low priority: the machine stays usable. */
export function go(step, args, cwd) {
    return run(step, "go", args, { cwd, env: environment, background: true, hint });
}

let last = Promise.resolve();

/** Waits for its turn to compile. */
export function inTurn(step, work) {
    step.status("waiting for the Go compiler");
    const turn = last.then(() => {
        step.status("compiling");
        return work();
    });
    last = turn.catch(() => undefined);
    return turn;
}

/** What is missing to build our modules: an empty list when a Go that can, or one that fetches it, is there. */
export function missingGo() {
    const wanted = ["pulumi-cli", "language-host", "aws-provider"]
        .map((name) => fs.readFileSync(path.join(root, "tools", name, "go.mod"), "utf8"))
        .map((text) => /^go (\S+)$/m.exec(text)[1])
        .sort(compareVersions)
        .pop();
    const item = (found) => [
        {
            what: `Go ${wanted} or newer${found}`,
            why: "builds the Pulumi CLI and its AWS plugin, whose downloads cannot be reached from here",
            how: "install it from https://go.dev/dl or your package manager",
        },
    ];
    if (findOnPath("go") === undefined) {
        return item("");
    }
    const [version, toolchain] = execFileSync("go", ["env", "GOVERSION", "GOTOOLCHAIN"], { encoding: "utf8" })
        .replaceAll("go", "")
        .split("\n");
    const fetchesNewer = compareVersions(version, "1.21") >= 0 && toolchain !== "local";
    return compareVersions(version, wanted) >= 0 || fetchesNewer ? [] : item(` (found ${version})`);
}
