/** A stack of the repository, deployed to a local AWS of its own, which is gone afterwards. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { findLocal } from "../local/control";
import { projectRoot } from "../tools/toolchain";

const homes = new Set<string>();

/** Deploys the stack, hands the environment of a client of its local AWS to `work`, and removes everything. */
export async function onStack<T>(stack: string, work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-audit-"));
    homes.add(home);
    try {
        const command = [path.join(projectRoot, "automation/bin/lakeworks.js"), "up", "--stack", stack, "--local"];
        const env = { ...process.env, LAKEWORKS_HOME: home, NO_COLOR: "1" };
        await promisify(execFile)(process.execPath, command, { env, maxBuffer: 64 * 1024 ** 2 });
        const local = await findLocal(path.join(home, "local"));
        if (local === undefined) throw new Error(`The local AWS of ${stack} has ended: see ${home}/local/logs.`);
        return await work({ ...process.env, ...local.pulumiEnv() });
    } finally {
        await remove(home);
    }
}

/** Ends what is still there, for an audit that is interrupted. */
export async function removeAll(): Promise<void> {
    await Promise.all([...homes].map(remove));
}

async function remove(home: string): Promise<void> {
    homes.delete(home);
    await (await findLocal(path.join(home, "local")))?.stop();
    fs.rmSync(home, { recursive: true, force: true });
}
