/** The parts of `npm test`: what each runs. A part without test files in the tree does not exist. */
import * as fs from "node:fs";
import * as path from "node:path";
import { root, stateDir } from "./paths.mjs";

/** Suites of their own, the longest first, so that what runs side by side ends together. */
const slow = [
    "tests/local",
    "tests/e2e",
    "tests/roundtrip",
    "tests/mutations",
    "tests/policies/corpus",
    "tests/package",
];
/** Its tests are Python, in an environment of their own. */
const clients = "tests/clients";
const minute = 60_000;

/** Parts by name, in the order they run. A check is quiet and one of many; a suite is shown live and counts its tests. */
export function parts() {
    const specs = filesOf("tests").filter((file) => file.endsWith(".test.ts"));
    const isSlow = (file) => slow.some((folder) => file.startsWith(`${folder}/`));
    const pythonFolders = filesOf("tests")
        .filter((file) => /^test_.*\.py$/.test(path.basename(file)) && !file.startsWith(`${clients}/`))
        .map(path.dirname);
    const all = {
        types: [check("types", node("typescript/bin/tsc", "-p", "."))],
        lint: [
            check("eslint", node("eslint/bin/eslint.js", "--max-warnings", "0", ".")),
            check("prettier", node("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", ".")),
            check("ruff", [program("ruff"), "check", "--quiet", "."]),
            check("ruff format", [program("ruff"), "format", "--check", "--quiet", "."]),
            check("licences", [process.execPath, path.join(root, "tools/packages/index.mjs"), "licences"]),
        ],
        unit: mocha(
            "unit",
            specs.filter((file) => !isSlow(file)),
            { test: minute / 2, suite: 10 * minute },
        ),
        python: [...new Set(pythonFolders)].map((folder) => python(folder)),
        ...Object.fromEntries(
            slow.map((folder) => {
                const name = path.basename(folder);
                const files = specs.filter((file) => file.startsWith(`${folder}/`));
                return [name, mocha(name, files, { test: 10 * minute, suite: 60 * minute })];
            }),
        ),
        clients: [
            {
                ...python(clients),
                command: [process.execPath, path.join(root, "tools/clients.mjs"), ...runTests(clients)],
                timeout: 30 * minute,
            },
        ],
    };
    return Object.fromEntries(Object.entries(all).filter(([, runs]) => runs.length > 0));
}

/** A program of the Python environment. */
export function program(name) {
    const toolchain = JSON.parse(fs.readFileSync(path.join(stateDir, "toolchain.json"), "utf8"));
    return path.join(path.dirname(toolchain.python), name);
}

export function node(script, ...args) {
    return [process.execPath, path.join(root, "node_modules", script), ...args];
}

function check(name, command) {
    return { name, command, live: false, timeout: 10 * minute };
}

function mocha(name, files, { test, suite }) {
    const options = ["--require", "ts-node/register/transpile-only", "--forbid-only", "--timeout", String(test)];
    const reporter = [
        "--reporter",
        path.join(root, "tools/lib/mocha-reporter.cjs"),
        "--reporter-option",
        "result={result}",
    ];
    const command = node("mocha/bin/mocha.js", ...options, ...reporter, ...files);
    return files.length === 0 ? [] : [{ name, command, live: true, timeout: suite }];
}

function python(folder) {
    const command = [program("python"), ...runTests(folder)];
    return { name: path.basename(folder), command, live: true, timeout: 10 * minute };
}

/** To a Python: the tests of the folder. */
function runTests(folder) {
    return [path.join(root, "tools/python/run_tests.py"), folder, "{result}", "--verbose"];
}

/** Files under a folder of the clone, in a fixed order, relative to the root. */
function filesOf(folder) {
    return fs
        .readdirSync(path.join(root, folder), { recursive: true })
        .map((name) => path.join(folder, name))
        .sort();
}
