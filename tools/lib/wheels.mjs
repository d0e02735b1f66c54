/** The wheels of the job's Python modules, as AWS Glue's machines take them: for jobs in a network that reaches no PyPI. */
import * as fs from "node:fs";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

/** The Pythons of Glue 5 and Glue 6: https://docs.aws.amazon.com/glue/latest/dg/release-notes.html */
const series = ["3.11", "3.13"];
/** Glue's machines are Amazon Linux 2023 with glibc 2.34. */
const platforms = ["manylinux2014_x86_64", "manylinux_2_28_x86_64"];

/** @returns the step whose result is the folder of the wheels. */
export function planGlueWheels() {
    const modules = libraryModules();
    const key = keyOf("glue-wheels", [], ...modules, ...series, ...platforms);
    const probe = ".";
    return {
        name: "glue-wheels",
        title: "wheels for jobs without internet",
        after: ["python"],
        missing: [],
        ready: cached(key, probe),
        build: (started, results) =>
            buildEntry(key, probe, started, async (folder) => {
                const python = await results.python;
                for (const version of series) {
                    await run(started, python, [...download(version, folder), ...modules], {
                        hint: "Check that pip reaches its index (pip config list), then run again.",
                    });
                }
            }),
    };
}

function download(version, folder) {
    return [
        ...["-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"],
        ...["--only-binary", ":all:", "--implementation", "cp", "--python-version", version],
        ...platforms.flatMap((platform) => ["--platform", platform]),
        ...["--dest", folder],
    ];
}

function libraryModules() {
    const text = fs.readFileSync(path.join(root, "components", "jobModules.ts"), "utf8");
    const [, list = ""] = /libraryModules = \[([^\]]*)\]/.exec(text) ?? [];
    const modules = [...list.matchAll(/"([^"]+)"/g)].map(([, module]) => module);
    if (modules.length === 0) {
        throw new Error("components/jobModules.ts has no list libraryModules.");
    }
    return modules;
}
