/** What a lake's processes hold: memory, open files, processes, temporary files. Linux only, from /proc. */
import * as fs from "node:fs";
import * as os from "node:os";
import { processesWith, type TestLake } from "../../tests/e2e/harness";

export interface Resources {
    /** Resident, of the local AWS's own process (bytes). */
    readonly gateway: number;
    /** Of the emulator behind it (bytes). */
    readonly emulator: number;
    /** Of its Trino (bytes). */
    readonly trino: number;
    /** Open files and sockets of the gateway and the emulator. */
    readonly handles: number;
    readonly processes: number;
    /** Entries of the folder of temporary files that are ours. */
    readonly temporary: number;
}

export async function resourcesOf(lake: TestLake): Promise<Resources> {
    const local = await lake.local();
    const { services } = await local.health();
    const pidOf = (service: string) => services[service]?.["pid"] as number | undefined;
    return {
        gateway: residentBytes(local.pid),
        emulator: residentBytes(pidOf("emulator")),
        trino: residentBytes(pidOf("athena")),
        handles: handles(local.pid) + handles(pidOf("emulator")),
        processes: processesWith(lake.home).length,
        temporary: fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("lakeworks-")).length,
    };
}

function residentBytes(pid: number | undefined): number {
    if (pid === undefined) return 0;
    const line = /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
    return 1024 * Number(line?.[1] ?? 0);
}

function handles(pid: number | undefined): number {
    return pid === undefined ? 0 : fs.readdirSync(`/proc/${pid}/fd`).length;
}
