/** Processes of this machine. */
import * as fs from "node:fs";

/**
 * Whether a process runs. One that has ended but that nobody has asked for its end (a zombie: a container without an init
 * process keeps them) does not.
 */
export function isAlive(pid: number): boolean {
    if (!Number.isInteger(pid) || pid <= 0) return false;
    try {
        process.kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
    return !isZombie(pid);
}

/** Of Linux only: elsewhere the init process asks for all. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function isZombie(pid: number): boolean {
    try {
        // The state follows the command's name in parentheses, which may hold any character.
        return /.*\) Z /s.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
        return false;
    }
}
