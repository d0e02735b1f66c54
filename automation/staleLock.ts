/** A lock that a killed `pulumi` left in the file backend of the local stack. */
import * as fs from "node:fs";
import * as path from "node:path";

/** Pulumi's lock file: https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go */
interface Lock {
    readonly pid: number;
}

/**
 * Removes locks whose process is gone; a lock that lives is left alone.
 * @returns whether there was one to remove, so that trying again makes sense.
 */
export async function dropStaleLock(backendDir: string): Promise<boolean> {
    const folder = path.join(backendDir, ".pulumi", "locks");
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    let dropped = false;
    for (const entry of files) {
        const file = path.join(entry.parentPath, entry.name);
        const { pid } = JSON.parse(fs.readFileSync(file, "utf8")) as Lock;
        if (isAlive(pid)) continue;
        fs.rmSync(file);
        dropped = true;
    }
    return dropped;
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
