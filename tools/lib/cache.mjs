/**
 * The cache of built and downloaded tools. An entry is `<cache>/<key>/<attempt>/`, and `<cache>/<key>/complete` names
 * the attempt that finished: a build that was interrupted leaves nothing that counts, and no two builds share a folder.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { withLock } from "./lock.mjs";
import { cacheRoot, root } from "./paths.mjs";

/** The entry's folder when it is complete and still has the file `probe`, else undefined. */
export function cached(key, probe) {
    const entry = path.join(cacheRoot(), key);
    try {
        const folder = path.join(entry, fs.readFileSync(path.join(entry, "complete"), "utf8"));
        return fs.existsSync(path.join(folder, probe)) ? folder : undefined;
    } catch {
        return undefined;
    }
}

/** The entry's folder, made by `build(folder)` when it is not complete. */
export async function buildEntry(key, probe, step, build) {
    const entry = path.join(cacheRoot(), key);
    const onWait = (pid) => step.status(`waiting for another set-up (process ${pid})`);
    return withLock(path.join(entry, "lock"), onWait, async () => {
        const done = cached(key, probe);
        if (done !== undefined) {
            return done;
        }
        step.status("");
        for (const old of fs.readdirSync(entry).filter((name) => !name.startsWith("lock"))) {
            fs.rmSync(path.join(entry, old), { recursive: true, force: true, maxRetries: 3 });
        }
        const attempt = `${Date.now().toString(36)}-${process.pid}`;
        const folder = path.join(entry, attempt);
        fs.mkdirSync(folder);
        await build(folder);
        if (!fs.existsSync(path.join(folder, probe))) {
            throw new Error(`${step.name} ended without making ${path.join(folder, probe)}.`);
        }
        writeWhole(path.join(entry, "complete"), attempt);
        return folder;
    });
}

/** `<name>-<hash>` over the platform, the given texts, and the content of the given files and folders of the clone. */
export function keyOf(name, sources, ...texts) {
    const hash = createHash("sha256");
    hash.update(JSON.stringify([process.platform, process.arch, ...texts]));
    for (const file of sources.flatMap((source) => filesOf(path.join(root, source))).sort()) {
        hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file));
    }
    return `${name}-${hash.digest("hex").slice(0, 12)}`;
}

/** Files under a folder, or the file itself; notes to readers do not count as sources. */
function filesOf(file) {
    if (!fs.statSync(file).isDirectory()) {
        return [file];
    }
    return fs
        .readdirSync(file)
        .filter((name) => !name.endsWith(".md") && name !== "__pycache__")
        .flatMap((name) => filesOf(path.join(file, name)));
}

/** Writes a file so that a reader sees the old content or the new, never a part. */
export function writeWhole(file, text) {
    const temporary = `${file}.${process.pid}`;
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, file);
}
