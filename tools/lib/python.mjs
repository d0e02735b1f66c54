/** The Python virtual environments of tools/python: the tools', that of the clients that the tests drive, and the auditor's. */
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { findOnPath, root, versions } from "./paths.mjs";
import { run } from "./run.mjs";

const { series } = versions.python;

/** @returns the step whose result is the path of the environment's interpreter. */
export function planPython() {
    return planEnvironment("python", "tools/python/requirements.txt", "Python packages (Spark, emulator, AWS CLI)");
}

/** @returns the step of the clients' environment: only their tests need it, and run it when it is missing. */
export function planClients() {
    return planEnvironment(
        "clients",
        "tools/python/clients.txt",
        "clients of Glue and Athena (dbt, awswrangler, PyAthena)",
    );
}

/** @returns the step of the auditor's environment, for `npm run audit:cloud` alone. */
export function planAuditor() {
    return planEnvironment("auditor", "tools/python/auditor.txt", "the outside auditor (Prowler, 2.3 GB)");
}

/** @param requirements file of the clone that pins what is asked for directly; its content names the environment. */
function planEnvironment(name, requirements, title) {
    const key = keyOf(name, [requirements], series);
    const step = { name, title, after: [] };
    const environment = cached(key, "bin/python");
    if (environment !== undefined) {
        return { ...step, missing: [], ready: path.join(environment, "bin/python") };
    }
    const python = findPython();
    return {
        ...step,
        missing: python.file === undefined || !python.complete ? [missingPython(python)] : [],
        async build(started) {
            const folder = await buildEntry(key, "bin/python", started, async (target) => {
                await run(started, python.file, ["-m", "venv", target]);
                const pip = [
                    "-m",
                    "pip",
                    "install",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--progress-bar",
                    "off",
                ];
                await run(started, path.join(target, "bin/python"), [...pip, "-r", path.join(root, requirements)], {
                    hint: "Check that pip reaches its index (pip config list), then run again.",
                });
            });
            return path.join(folder, "bin/python");
        },
    };
}

/** The interpreter of the right series on the PATH; `complete` tells whether it can make virtual environments. */
export function findPython() {
    let found = { file: undefined, complete: false };
    for (const file of [`python${series}`, "python3", "python"].map(findOnPath).filter((one) => one !== undefined)) {
        const script = [
            "import importlib.util as u, sys",
            "print('%d.%d' % sys.version_info[:2], all(u.find_spec(m) for m in ('venv', 'ensurepip')))",
        ].join("\n");
        try {
            const output = execFileSync(file, ["-c", script], { encoding: "utf8", timeout: 10_000, stdio: "pipe" });
            const [version, complete] = output.trim().split(" ");
            if (version === series && complete === "True") {
                return { file, complete: true };
            }
            if (version === series) {
                found = { file, complete: false };
            }
        } catch {
            // A version manager's shim without that version, for example: the next one may do.
        }
    }
    return found;
}

function missingPython({ file }) {
    const why = `runs Spark jobs as AWS Glue 5.1 does, and the emulator`;
    return file === undefined
        ? {
              what: `Python ${series}`,
              why,
              how: `install python${series}, with its venv module, from your package manager`,
          }
        : {
              what: `the venv module of ${file}`,
              why: `${why}, in a virtual environment`,
              how: `on Debian and Ubuntu: apt install python${series}-venv`,
          };
}
