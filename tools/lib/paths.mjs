/** Where things are: this clone, the user's cache, programs on the PATH; and the pinned versions. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** The clone's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** What a set-up of this clone leaves: toolchain.json and the logs of the last set-up. */
export const stateDir = path.join(root, ".lakeworks");

export const versions = JSON.parse(fs.readFileSync(path.join(root, "tools/versions.json"), "utf8"));

/** The folder all clones of a user share. `LAKEWORKS_CACHE` moves it. */
export function cacheRoot() {
    const { LAKEWORKS_CACHE, XDG_CACHE_HOME } = process.env;
    return path.resolve(LAKEWORKS_CACHE ?? path.join(XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "lakeworks"));
}

/** The first executable file of that name on the PATH, or undefined. */
export function findOnPath(name) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter).filter((part) => part !== "")) {
        const file = path.join(folder, name);
        if (isExecutable(file)) {
            return file;
        }
    }
    return undefined;
}

export function isExecutable(file) {
    try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
    } catch {
        return false;
    }
}

/** Negative, zero or positive as version `a` is older than, equal to or newer than `b`: "3.9" < "3.11.2". */
export function compareVersions(a, b) {
    const [left, right] = [a, b].map((version) => version.split(".").map(Number));
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
        const difference = (left[i] ?? 0) - (right[i] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

/** The version a go.mod requires of a module, without the leading "v". */
export function goModuleVersion(folder, module) {
    const text = fs.readFileSync(path.join(root, folder, "go.mod"), "utf8");
    const line = text.split("\n").find((candidate) =>
        candidate
            .replace(/^require /, "")
            .trim()
            .startsWith(`${module} v`),
    );
    if (line === undefined) {
        throw new Error(`${folder}/go.mod does not require ${module}.`);
    }
    return line.split(/\s+v/)[1].split(" ")[0];
}
