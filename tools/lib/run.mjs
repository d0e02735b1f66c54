/** Running commands: output to the step's log, whole process groups ended with us, failures told with the log's tail. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stateDir } from "./paths.mjs";

const groups = new Set();
let ending = false;

/** A step of the set-up that failed: which, why, and what to do. */
export class StepError extends Error {}

/** Ends every command that still runs, and lets none start. Each has a process group, so its children end too. */
export function endAll(signal = "SIGTERM") {
    ending = true;
    for (const pid of groups) {
        try {
            process.kill(-pid, signal);
        } catch {
            // It has ended by itself.
        }
    }
}

/**
 * Ends the commands and this process when it is told to end.
 * @param farewell said then. @returns a function that takes the handlers off again.
 */
export function endOnSignals(farewell) {
    const handlers = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
        const handler = () => {
            endAll();
            process.stderr.write(`\n${farewell}\n`);
            process.exit(128 + os.constants.signals[signal]);
        };
        process.on(signal, handler);
        return () => process.off(signal, handler);
    });
    return () => handlers.forEach((remove) => remove());
}

/** Starts a command as a process group of its own, which ends when we are told to end. */
export function start(command, args, options) {
    const child = spawn(command, args, { ...options, detached: true });
    if (child.pid !== undefined) {
        groups.add(child.pid);
        child.on("close", () => groups.delete(child.pid));
    }
    return child;
}

export function logFile(name) {
    return path.join(stateDir, "logs", `${name}.log`);
}

/**
 * Runs a command to its end, its output added to the step's log.
 * @param options cwd, env (added to ours), hint (what to do when it fails), background (lower its priority).
 * @returns its standard output. @throws StepError on a non-zero exit.
 */
export function run(step, command, args, options = {}) {
    if (ending) {
        return Promise.reject(new StepError(`Step "${step.name}" was stopped.`));
    }
    const log = logFile(step.name);
    fs.mkdirSync(path.dirname(log), { recursive: true });
    fs.appendFileSync(log, `$ ${[command, ...args].join(" ")}\n`);
    return new Promise((resolve, reject) => {
        const child = start(command, args, {
            cwd: options.cwd,
            env: { ...process.env, ...options.env },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const output = [];
        child.stdout.on("data", (data) => output.push(data));
        for (const stream of [child.stdout, child.stderr]) {
            stream.on("data", (data) => fs.appendFileSync(log, data));
        }
        if (child.pid !== undefined && options.background) {
            os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
        }
        const fail = (what) => reject(new StepError(failure(step, command, args, what, log, options.hint)));
        child.on("error", (error) => fail(`could not be started: ${error.message}`));
        child.on("close", (code, signal) => {
            if (code === 0) {
                resolve(Buffer.concat(output).toString("utf8"));
            } else {
                fail(signal === null ? `exited with ${code}` : `was ended by ${signal}`);
            }
        });
    });
}

function failure(step, command, args, what, log, hint) {
    const tail = fs.readFileSync(log, "utf8").trimEnd().split("\n").slice(-20);
    return [
        `Set-up failed in step "${step.name}" (${step.title}): ${path.basename(command)} ${args.slice(0, 3).join(" ")} ${what}.`,
        ...tail.map((line) => `    ${line.slice(0, 400)}`),
        `Whole log: ${log}`,
        hint ?? "Put right what the log names, then run the same command again: finished steps are kept.",
    ].join("\n");
}
