/** `server.json` in the state folder: which process serves it, and where. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { isAlive } from "../tools/processes";

export interface ServerRecord {
    readonly pid: number;
    readonly port: number;
    /** The address that it listens on. */
    readonly host: string;
    readonly endpoint: string;
}

/** The record of the state folder's server while its process lives; undefined when none runs. */
export function readServer(stateDir: string): ServerRecord | undefined {
    let record: ServerRecord;
    try {
        record = JSON.parse(fs.readFileSync(fileOf(stateDir), "utf8")) as ServerRecord;
    } catch {
        return undefined;
    }
    return isAlive(record.pid) ? record : undefined;
}

/** Marks the folder as this process's. @throws when the process that holds it lives. */
export function claimStateDir(stateDir: string): void {
    const lock = path.join(stateDir, "server.lock");
    const claim = path.join(stateDir, `server.lock.${process.pid}`);
    fs.writeFileSync(claim, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
    try {
        // A link appears whole or not at all, and fails when the name is there.
        fs.linkSync(claim, lock);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const holder = JSON.parse(fs.readFileSync(lock, "utf8")) as { pid: number; started: string };
        if (isAlive(holder.pid) && startOf(holder.pid) === holder.started) {
            throw new Error(
                `A local AWS already runs on ${stateDir} (process ${holder.pid}). Use it, or stop it with "lakeworks local stop".`,
            );
        }
        // Its process is gone without having cleaned up.
        fs.renameSync(claim, lock);
    } finally {
        fs.rmSync(claim, { force: true });
    }
}

/** Written whole under another name, then renamed: a reader never sees half of it. */
export function publishServer(stateDir: string, record: ServerRecord): void {
    const next = `${fileOf(stateDir)}.next`;
    fs.writeFileSync(next, `${JSON.stringify(record)}\n`);
    fs.renameSync(next, fileOf(stateDir));
}

export function withdrawServer(stateDir: string): void {
    fs.rmSync(fileOf(stateDir), { force: true });
    fs.rmSync(path.join(stateDir, "server.lock"), { force: true });
}

/** When a process started, as `ps` says: after a restart of the machine another one may have its number. */
function startOf(pid: number): string {
    return (
        spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
            encoding: "utf8",
            env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
        }).stdout?.trim() ?? ""
    );
}

function fileOf(stateDir: string): string {
    return path.join(stateDir, "server.json");
}
