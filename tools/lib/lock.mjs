/** A lock between processes, also of different clones: a file that names its holder. */
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The holder touches its lock this often (ms); one untouched for `staleAfter` is nobody's, whoever has the pid now. */
const touchEvery = 5_000;
const staleAfter = 60_000;

const held = new Set();
process.on("exit", () => held.forEach((file) => fs.rmSync(file, { force: true })));

/**
 * Runs `work` while holding the lock `file`. A lock left by a process that died is taken over.
 * @param onWait called once with the holder's pid when someone else has it.
 */
export async function withLock(file, onWait, work) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    for (let waited = false; !acquire(file); await sleep(300)) {
        const holder = readHolder(file);
        if (holder !== undefined && !holder.alive) {
            takeAway(file, holder);
        } else if (holder !== undefined && !waited) {
            waited = true;
            onWait(holder.pid);
        }
    }
    held.add(file);
    const timer = setInterval(() => fs.utimesSync(file, new Date(), new Date()), touchEvery);
    try {
        return await work();
    } finally {
        clearInterval(timer);
        held.delete(file);
        fs.rmSync(file, { force: true });
    }
}

function acquire(file) {
    try {
        fs.writeFileSync(file, String(process.pid), { flag: "wx" });
        return true;
    } catch (error) {
        if (error.code === "EEXIST") {
            return false;
        }
        throw error;
    }
}

/** Who holds the lock; undefined when it has just been released. */
function readHolder(file) {
    try {
        const { mtimeMs, ino } = fs.statSync(file);
        const pid = Number(fs.readFileSync(file, "utf8"));
        // A lock just made is still empty: its holder is given time to write its pid.
        const untouched = Date.now() - mtimeMs;
        const alive = untouched < staleAfter && (pid === 0 ? untouched < touchEvery : isAlive(pid));
        return { pid, ino, mtimeMs, alive };
    } catch (error) {
        if (error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return error.code === "EPERM";
    }
}

/** Removes a dead holder's lock; a second lock lets one of several waiters do it, or one would remove the next's. */
function takeAway(file, dead) {
    const claim = `${file}.takeover`;
    if (!acquire(claim)) {
        const other = readHolder(claim);
        if (other !== undefined && !other.alive) {
            fs.rmSync(claim, { force: true });
        }
        return;
    }
    try {
        const now = readHolder(file);
        if (now !== undefined && now.ino === dead.ino && now.mtimeMs === dead.mtimeMs) {
            fs.rmSync(file, { force: true });
        }
    } finally {
        fs.rmSync(claim, { force: true });
    }
}
