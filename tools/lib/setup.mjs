/** The set-up: plans every step, names all missing prerequisites at once, then runs the steps side by side. */
import * as fs from "node:fs";
import * as path from "node:path";
import { planArchives } from "./archives.mjs";
import { planAwsPlugin } from "./aws-plugin.mjs";
import { buildEntry, cached, keyOf, writeWhole } from "./cache.mjs";
import { pulumiReleases } from "./download.mjs";
import { planJava } from "./java.mjs";
import { planIcebergJars, planSparkJars, planTrinoJars } from "./jars.mjs";
import { withLock } from "./lock.mjs";
import { planNode } from "./node.mjs";
import { compareVersions, stateDir, versions } from "./paths.mjs";
import { elapsed, showProgress } from "./progress.mjs";
import { planPulumi, programs } from "./pulumi.mjs";
import { planPython } from "./python.mjs";
import { endAll, endOnSignals, StepError } from "./run.mjs";
import { planGlueWheels } from "./wheels.mjs";

/** Makes the tools ready and writes .lakeworks/toolchain.json. @returns whether there was anything to do. */
export async function setUp() {
    const start = Date.now();
    requireNode();
    const removeHandlers = endOnSignals("Set-up was interrupted. What is complete is kept: run it again to go on.");
    try {
        let steps = await planAll();
        const pending = isPending(steps) || isPending(planArchives(await writeToolchain(resultsOf(steps))));
        if (pending) {
            requireNothingMissing(steps);
            const say = (pid) => process.stderr.write(`Waiting for another set-up of this clone (process ${pid}) …\n`);
            await withLock(path.join(stateDir, "set-up.lock"), say, async () => {
                steps = await planAll();
                fs.rmSync(path.join(stateDir, "logs"), { recursive: true, force: true });
                const toolchain = await writeToolchain(await runAll(steps));
                await runAll(planArchives(toolchain));
            });
            process.stderr.write(`Set-up is complete (${elapsed(start)}).\n`);
        }
        return pending;
    } finally {
        removeHandlers();
    }
}

/** Runs one step that is no part of the set-up, where it is missing. @returns its result. */
export async function makeReady(step) {
    if (step.ready !== undefined) {
        return step.ready;
    }
    requireNothingMissing([step]);
    const removeHandlers = endOnSignals("The set-up of this step was interrupted: run it again to go on.");
    try {
        return (await runAll([step]))[step.name];
    } finally {
        removeHandlers();
    }
}

/** Runs `main` and turns a failed step into its message and exit code 1. */
export async function orExplain(main) {
    try {
        await main();
    } catch (error) {
        if (!(error instanceof StepError)) {
            throw error;
        }
        process.stderr.write(`\n${error.message}\n`);
        process.exit(1);
    }
}

async function planAll() {
    return [
        planNode(),
        planPython(),
        planJava("java17", "Spark"),
        planJava("java25", "Trino"),
        ...(await Promise.all([planPulumi(pulumiReleases), planAwsPlugin(pulumiReleases)])),
        planSparkJars(),
        planIcebergJars(),
        planTrinoJars(),
        planGlueWheels(),
    ];
}

function isPending(steps) {
    return steps.some((step) => step.ready === undefined);
}

function resultsOf(steps) {
    return Object.fromEntries(steps.map((step) => [step.name, step.ready]));
}

/** Runs the steps that are not ready, each as soon as those it comes after are done. @returns the results by name. */
async function runAll(steps) {
    const pending = steps.filter((step) => step.ready === undefined);
    if (pending.length === 0) {
        return resultsOf(steps);
    }
    process.stderr.write(`Setting up ${pending.length} of ${steps.length} tools:\n`);
    const progress = showProgress(process.stderr, pending.length);
    const results = {};
    for (const step of steps) {
        results[step.name] = step.ready === undefined ? runStep(step, results, progress) : Promise.resolve(step.ready);
    }
    try {
        const values = await Promise.all(Object.values(results));
        return Object.fromEntries(Object.keys(results).map((name, i) => [name, values[i]]));
    } catch (error) {
        endAll();
        throw error;
    } finally {
        progress.close();
    }
}

async function runStep(step, results, progress) {
    await null; // Until every step's result has its place in `results`.
    await Promise.all(step.after.map((name) => results[name]));
    const started = progress.start(step.name, step.title);
    try {
        const value = await step.build(started, results);
        progress.finish(started);
        return value;
    } catch (error) {
        progress.fail(started);
        throw error;
    }
}

async function writeToolchain({
    pulumi,
    python,
    java17,
    java25,
    "aws-plugin": plugin,
    "spark-jars": sparkJars,
    "iceberg-jars": icebergJars,
    "trino-jars": trinoJars,
    "glue-wheels": glueWheels,
}) {
    const pulumiBin = plugin === null ? pulumi : await joinPulumi(pulumi, plugin);
    const toolchain = { pulumiBin, python, java17, java25, sparkJars, icebergJars, trinoJars, glueWheels };
    const file = path.join(stateDir, "toolchain.json");
    const text = `${JSON.stringify(toolchain, undefined, 4)}\n`;
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text) {
        fs.mkdirSync(stateDir, { recursive: true });
        writeWhole(file, text);
    }
    return toolchain;
}

/** One folder for the CLI and a plugin built here: the CLI takes its companions from the folder it is started in. */
async function joinPulumi(cli, plugin) {
    const files = [...programs.map((name) => path.join(cli, name)), path.join(plugin, "pulumi-resource-aws")];
    const stamps = files.map((file) => [file, fs.statSync(file).mtimeMs]);
    const key = keyOf("pulumi-bin", [], JSON.stringify(stamps));
    const probe = "pulumi-resource-aws";
    const step = { name: "pulumi-bin", status() {} };
    return (
        cached(key, probe) ??
        buildEntry(key, probe, step, (folder) =>
            files.forEach((file) => link(file, path.join(folder, path.basename(file)))),
        )
    );
}

/** A second name for the file, or a copy where the file systems differ. */
function link(file, target) {
    try {
        fs.linkSync(file, target);
    } catch {
        fs.copyFileSync(file, target);
    }
}

function requireNode() {
    const { atLeast } = versions.node;
    if (!["linux", "darwin"].includes(process.platform)) {
        throw new StepError(`Lakeworks runs on Linux and macOS, not on ${process.platform}. On Windows, use WSL.`);
    }
    if (compareVersions(process.versions.node, atLeast) < 0) {
        throw new StepError(
            `Node.js ${atLeast} or newer is needed; this is ${process.versions.node}. Install one from https://nodejs.org.`,
        );
    }
}

function requireNothingMissing(steps) {
    const items = new Map(steps.flatMap((step) => step.missing).map((item) => [item.what, item]));
    if (items.size > 0) {
        const lines = [...items.values()].map(({ what, why, how }) => `  - ${what}: ${why}. To get it: ${how}.`);
        throw new StepError(`Set-up needs programs that are not on this machine:\n${lines.join("\n")}`);
    }
}
