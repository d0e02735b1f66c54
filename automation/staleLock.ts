/** Locks in the file backend of the local stack: of a `pulumi` that works, or was killed. */
import * as fs from "node:fs";
import * as path from "node:path";
import { isAlive } from "../tools/processes";

/** Pulumi's lock file: https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go */
interface Lock {
    readonly pid: number;
}

/**
 * Removes locks whose process is gone; a lock that lives is left alone.
 * @returns whether there was one to remove, so that trying again makes sense.
 */
export async function dropStaleLock(backendDir: string): Promise<boolean> {
    const stale = locksOf(backendDir).filter(({ pid }) => !isAlive(pid));
    for (const { file } of stale) fs.rmSync(file);
    return stale.length > 0;
}

/** The process that works on a stack of the backend now, if one does. */
export function lockHolder(backendDir: string): number | undefined {
    return locksOf(backendDir).find(({ pid }) => isAlive(pid))?.pid;
}

function locksOf(backendDir: string): { file: string; pid: number }[] {
    const folder = path.join(backendDir, ".pulumi", "locks");
    if (!fs.existsSync(folder)) return [];
    return fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => ({ file, pid: (JSON.parse(fs.readFileSync(file, "utf8")) as Lock).pid }));
}
