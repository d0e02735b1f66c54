/**
 * `npm test [-- part …]`: set-up, then the checks and test suites, or only the parts named: types, lint, unit, python, local, e2e,
 * roundtrip, mutations, corpus, package, clients. Two suites run side by side. Each check counts as one. The last line is
 * `N passed, N failed`; the exit code is 1 when anything failed.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { parts } from "./lib/checks.mjs";
import { root } from "./lib/paths.mjs";
import { elapsed } from "./lib/progress.mjs";
import { endOnSignals, start, StepError } from "./lib/run.mjs";
import { orExplain, setUp } from "./lib/setup.mjs";

/** How long (ms) a suite that has told its result may take to end. */
const grace = 30_000;
/** Suites side by side: much of each is waiting (the AWS provider's own delays, services that start). */
const lanes = Math.min(2, os.availableParallelism());

await orExplain(async () => {
    await setUp();
    const runs = select(parts(), process.argv.slice(2));
    endOnSignals("The tests were interrupted.");
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-test-"));
    process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    const outcomes = await Promise.all(runs.filter((run) => !run.live).map((run) => runCheck(run)));
    outcomes.push(
        ...(await runSuites(
            runs.filter((run) => run.live),
            folder,
        )),
    );
    const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
    console.log("");
    outcomes.forEach((outcome) => console.log(summary(outcome)));
    // Once more where everyone looks first: a long log hides a failure in its middle, or is cut.
    outcomes.flatMap(failuresOf).forEach((line) => console.log(line));
    console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
    process.exitCode = sum("failed") > 0 ? 1 : 0;
});

function select(all, names) {
    const unknown = names.filter((name) => all[name] === undefined);
    if (unknown.length > 0) {
        throw new StepError(
            `npm test has no part "${unknown.join('", "')}". Its parts: ${Object.keys(all).join(", ")}.`,
        );
    }
    return Object.keys(all)
        .filter((name) => names.length === 0 || names.includes(name))
        .flatMap((name) => all[name]);
}

/** Runs a check; its output is shown when it fails. */
async function runCheck({ name, command, timeout }) {
    const begin = Date.now();
    const child = launch(command, ["ignore", "pipe", "pipe"]);
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    const problem = await ending(child, timeout, () => false);
    const text = Buffer.concat(output).toString("utf8").trimEnd();
    console.log(problem === undefined ? `✓ ${name}` : `✗ ${name} ${problem}\n${text}`);
    return { name, passed: problem ? 0 : 1, failed: problem ? 1 : 0, skipped: 0, problem, time: elapsed(begin) };
}

/** Runs the suites in their order, each in the first lane that is free. @returns their outcomes, in their order. */
async function runSuites(suites, folder) {
    const outcomes = [];
    const waiting = suites.entries();
    const lane = async () => {
        for (const [index, suite] of waiting) {
            outcomes[index] = await runSuite(suite, path.join(folder, `${suite.name}.json`), suites.length > 1);
        }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return outcomes;
}

/**
 * Runs a test suite, shown live. Anything that keeps it from a good end beside its failed tests counts as a failure.
 * @param named its lines bear its name, as another suite's may stand between them.
 */
async function runSuite({ name, command, timeout }, result, named) {
    console.log(`\n${name}`);
    const begin = Date.now();
    const child = launch(
        command.map((part) => part.replace("{result}", result)),
        ["ignore", ...(named ? ["pipe", "pipe"] : ["inherit", "inherit"])],
    );
    for (const stream of [child.stdout, child.stderr].filter((stream) => stream !== null)) {
        createInterface({ input: stream }).on("line", (line) => console.log(line === "" ? "" : `${name} | ${line}`));
    }
    let problem = await ending(child, timeout, () => fs.existsSync(result));
    const counts = fs.existsSync(result)
        ? JSON.parse(fs.readFileSync(result, "utf8"))
        : { passed: 0, failed: 0, skipped: 0, failures: [] };
    if (problem === undefined && counts.passed + counts.failed === 0) {
        problem = "ran no test";
    }
    const explained = problem === undefined || (counts.failed > 0 && problem.startsWith("exited with"));
    return {
        name,
        ...counts,
        failed: counts.failed + (explained ? 0 : 1),
        problem: explained ? undefined : problem,
        time: elapsed(begin),
    };
}

function launch([command, ...args], stdio) {
    // The SDK's advice on Node versions is for its own developers, not for readers of a test's output.
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
    return start(command, args, { cwd: root, stdio, env });
}

/** Waits for a command's end. @returns undefined when it ended well, else what happened. */
function ending(child, timeout, hasResult) {
    return new Promise((resolve) => {
        const begin = Date.now();
        let resultAt;
        const timer = setInterval(() => {
            resultAt ??= hasResult() ? Date.now() : undefined;
            if (resultAt !== undefined && Date.now() - resultAt > grace) {
                stop("had its result but did not end: something it opened is still open");
            } else if (Date.now() - begin > timeout) {
                stop(`did not end within ${timeout / 60_000} minutes`);
            }
        }, 500);
        const settle = (problem) => {
            clearInterval(timer);
            resolve(problem);
        };
        const stop = (problem) => {
            child.removeAllListeners("close");
            process.kill(-child.pid, "SIGKILL");
            settle(problem);
        };
        child.on("error", (error) => settle(`could not be started: ${error.message}`));
        child.on("close", (code, signal) => settle(code === 0 ? undefined : `exited with ${code ?? signal}`));
    });
}

/** A line for each test that failed, of a suite. */
function failuresOf({ name, failures = [] }) {
    return failures.map(({ title, message }) => `  ${name}: ${title}: ${message.split("\n")[0]}`);
}

function summary({ name, passed, failed, skipped, problem, time }) {
    const notes = [skipped > 0 ? `${skipped} skipped` : "", problem ?? ""].filter((note) => note !== "");
    return `${failed > 0 ? "✗" : "✓"} ${name}: ${[`${passed} passed, ${failed} failed`, ...notes].join("; ")} (${time})`;
}
