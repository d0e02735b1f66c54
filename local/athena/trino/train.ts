/**
 * Makes the class cache with which later starts of Trino take half the time: set-up runs it once.
 * It takes some 30 s and 170 MB; without it everything works, only slower.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadToolchain } from "../../../tools/toolchain";
import { localCredentials, localRegion } from "../../context";
import { runStatement } from "./client";
import { classCacheFile, trinoCommand } from "./command";
import { freePort } from "./process";
import { hiveCatalog } from "./settings";

const timeoutMs = 300_000;

/** Statements that load what nearly every query needs. */
const warmUp = [
    "SELECT count(*), sum(x), max(y) FROM (VALUES (1, 'a'), (2, 'b')) t(x, y) GROUP BY y ORDER BY 1",
    "SELECT date_trunc('month', timestamp '2024-01-02 03:04:05'), cast(1.5 AS decimal(10, 2)), array[1]",
    "SELECT a.x, row_number() OVER (ORDER BY b.x) FROM (VALUES 1, 2) a(x) JOIN (VALUES 1, 2) b(x) ON a.x = b.x",
];

async function train(): Promise<void> {
    const toolchain = loadToolchain();
    const file = classCacheFile(toolchain);
    if (fs.existsSync(file)) return;
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-trino-"));
    const port = await freePort();
    // Nothing answers there, and nothing is asked: the statements touch no table.
    const place = {
        toolchain,
        dir,
        port,
        endpoint: "http://127.0.0.1:9",
        region: localRegion,
        credentials: localCredentials,
        engineCredentials: localCredentials,
    };
    // Its own, as set-ups of two clones may make the cache at the same time.
    const next = `${file}.${process.pid}.next`;
    const [program = "", ...args] = trinoCommand(place, `-XX:AOTCacheOutput=${next}`);
    const child = spawn(program, args, { cwd: dir, stdio: "ignore" });
    const server = `http://127.0.0.1:${port}`;
    const end = once(child, "exit");
    const stop = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    try {
        while (!(await succeeds(server, "SELECT 1"))) {
            if (child.exitCode !== null || child.signalCode !== null) throw new Error("Trino did not start.");
            await delay(300);
        }
        for (const sql of warmUp) {
            if (!(await succeeds(server, sql))) throw new Error(`Trino failed the statement ${sql}`);
        }
        // Java writes the cache as it ends.
        child.kill("SIGTERM");
        await end;
        fs.renameSync(next, file);
    } finally {
        clearTimeout(stop);
        child.kill("SIGKILL");
        fs.rmSync(next, { force: true });
        fs.rmSync(dir, { recursive: true, force: true });
    }
}

async function succeeds(server: string, sql: string): Promise<boolean> {
    try {
        const request = { sql, catalog: hiveCatalog, schema: "default", session: {} };
        for await (const { error } of runStatement(server, request)) if (error) return false;
        return true;
    } catch {
        return false;
    }
}

train().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
});
