/**
 * The state of the local AWS as a whole: kept under a name, brought back, thrown away. What Pulumi knows of the stacks
 * that stand on it goes along, so that both always tell the same.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { homeDir } from "../tools/toolchain";
import { StepFailure } from "./errors";
import { backendDir } from "./stack";
import { lockHolder } from "./staleLock";
import { localStateDir, withLocalStopped } from "./target";

export interface Snapshot {
    readonly name: string;
    readonly taken: Date;
    readonly bytes: number;
}

/** Of the server that runs, or made anew at each start. */
const notKept = /^(logs|trino|server\.json|server\.lock.*)$/;

const snapshotsDir = () => path.join(homeDir(), "snapshots");

/** Folders of the state, by the name they have in a snapshot. */
const folders = (): Record<string, string> => ({ local: localStateDir(), pulumi: backendDir() });

/** Oldest first. */
export function listSnapshots(): Snapshot[] {
    const dir = snapshotsDir();
    const names = fs.existsSync(dir) ? fs.readdirSync(dir).filter((name) => namePattern.test(name)) : [];
    return names
        .map((name) => ({ name, taken: fs.statSync(folderOf(name)).mtime, bytes: bytesIn(folderOf(name)) }))
        .sort((one, other) => one.taken.getTime() - other.taken.getTime());
}

/** Keeps the state as it is now. @throws StepFailure where there is none, or the name is taken */
export async function takeSnapshot(name: string): Promise<Snapshot> {
    const folder = folderOf(checkName(name));
    if (fs.existsSync(folder)) {
        throw new StepFailure(`There is a snapshot ${name} already.`, {
            next: `Choose another name, or delete it: "lakeworks local snapshot ${name} --delete".`,
        });
    }
    if (!fs.existsSync(localStateDir())) throw new StepFailure("The local AWS has no state to keep.");
    // Whole or not at all: half a copy has a name that no snapshot can have.
    const next = path.join(snapshotsDir(), `.${name}`);
    await whileStopped(async () => {
        fs.rmSync(next, { recursive: true, force: true });
        for (const [part, source] of Object.entries(folders())) await copy(source, path.join(next, part));
        fs.renameSync(next, folder);
    });
    return { name, taken: fs.statSync(folder).mtime, bytes: bytesIn(folder) };
}

/** Brings a snapshot's state back; what was there is gone. @throws StepFailure where there is no such snapshot */
export async function restoreSnapshot(name: string): Promise<void> {
    const folder = existing(name);
    await whileStopped(async () => {
        const parts = Object.entries(folders());
        // Copied before anything is touched: a full disk or Ctrl-C until here changes nothing.
        for (const [part, target] of parts) await copy(path.join(folder, part), `${target}.next`);
        for (const [, target] of parts) replace(target, `${target}.next`);
    });
}

/** Throws the state away: every lake on the local AWS with all its data. Snapshots stay. */
export async function resetLocal(): Promise<void> {
    await whileStopped(async () => {
        for (const target of Object.values(folders())) await fs.promises.rm(target, { recursive: true, force: true });
    });
}

export function deleteSnapshot(name: string): void {
    fs.rmSync(existing(name), { recursive: true });
}

async function whileStopped(work: () => Promise<void>): Promise<void> {
    const pid = lockHolder(backendDir());
    if (pid !== undefined) {
        throw new StepFailure(`A deployment to the local AWS is under way (process ${pid}).`, {
            next: "Wait for its end, or stop it.",
        });
    }
    await withLocalStopped(work);
}

const namePattern = /^[A-Za-z0-9][\w.-]{0,63}$/;

function checkName(name: string): string {
    if (namePattern.test(name)) return name;
    throw new StepFailure(`A snapshot cannot be called ${JSON.stringify(name)}.`, {
        next: "Use up to 64 letters, digits, dots, dashes and underscores; the first is a letter or a digit.",
    });
}

function existing(name: string): string {
    const folder = folderOf(checkName(name));
    if (fs.existsSync(folder)) return folder;
    const names = listSnapshots().map((snapshot) => snapshot.name);
    throw new StepFailure(`There is no snapshot ${name}.`, {
        next: names.length === 0 ? "None was taken yet." : `Snapshots: ${names.join(", ")}.`,
    });
}

function folderOf(name: string): string {
    return path.join(snapshotsDir(), name);
}

async function copy(source: string, target: string): Promise<void> {
    await fs.promises.rm(target, { recursive: true, force: true });
    await fs.promises.mkdir(target, { recursive: true });
    if (!fs.existsSync(source)) return;
    await fs.promises.cp(source, target, {
        recursive: true,
        preserveTimestamps: true,
        // Shares the blocks where the file system can.
        mode: fs.constants.COPYFILE_FICLONE,
        filter: (from) => path.dirname(from) !== source || !notKept.test(path.basename(from)),
    });
}

function replace(target: string, next: string): void {
    const old = `${target}.old`;
    fs.rmSync(old, { recursive: true, force: true });
    if (fs.existsSync(target)) fs.renameSync(target, old);
    fs.renameSync(next, target);
    fs.rmSync(old, { recursive: true, force: true });
}

function bytesIn(folder: string): number {
    return fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
