/** One Trino server as a child process that never outlives this one. */
import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import type { LocalContext } from "../../context";
import { classCacheFile, trinoCommand } from "./command";

/**
 * Runs the command after it and ends it when standard input ends: the pipe closes with the parent, however the parent dies.
 * Signals go to the process group, which both share.
 */
const watchdog = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(cat <&3 >/dev/null; kill -KILL $child) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $child
status=$?
kill $watcher
exit $status
`;

export class TrinoProcess {
    readonly url: string;
    /** Settles when the server has ended, with how it ended. */
    readonly ended: Promise<string>;
    private running = true;

    private constructor(
        private readonly child: ChildProcess,
        port: number,
        readonly logFile: string,
    ) {
        this.url = `http://127.0.0.1:${port}`;
        this.ended = new Promise((resolve) => {
            const end = (how: string) => {
                this.running = false;
                resolve(how);
            };
            child.once("error", (error) => end(error.message));
            child.once("exit", (code, signal) => end(signal ? `signal ${signal}` : describeStatus(code ?? 0)));
        });
    }

    static async start(context: LocalContext): Promise<TrinoProcess> {
        const { toolchain, endpoint, region, credentials, engineCredentials } = context;
        const dir = path.join(context.stateDir, "trino");
        const port = await freePort();
        const cache = classCacheFile(toolchain);
        const options = fs.existsSync(cache) ? [`-XX:AOTCache=${cache}`] : [];
        const command = trinoCommand(
            { toolchain, dir, port, endpoint, region, credentials, engineCredentials },
            ...options,
        );
        const logFile = path.join(dir, "server.log");
        const log = fs.openSync(logFile, "w");
        const child = spawn("/bin/sh", ["-c", watchdog, "trino", ...command], {
            cwd: dir,
            detached: true,
            stdio: ["pipe", log, log],
        });
        fs.closeSync(log);
        return new TrinoProcess(child, port, logFile);
    }

    get pid(): number | undefined {
        return this.child.pid;
    }

    /** What the server's log says from its first error on, for a failed start. */
    logTail(lines = 12): string {
        const text = fs.existsSync(this.logFile) ? fs.readFileSync(this.logFile, "utf8") : "";
        const all = text.split("\n").filter((line) => line !== "");
        const error = all.findIndex((line) => line.includes("ERROR") || line.includes("Error:"));
        return (error < 0 ? all.slice(-lines) : all.slice(error, error + lines)).join("\n");
    }

    /** Ends the server and everything it started, at once: Trino keeps no state worth a graceful end. */
    async kill(): Promise<void> {
        if (this.running && this.child.pid !== undefined) {
            try {
                process.kill(-this.child.pid, "SIGKILL");
            } catch {
                // It ended by itself meanwhile.
            }
        }
        await this.ended;
    }
}

/** A shell reports a child's death by a signal as 128 + its number. */
function describeStatus(code: number): string {
    return code > 128 ? `signal ${code - 128}` : `exit code ${code}`;
}

export async function freePort(): Promise<number> {
    const server = net.createServer();
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as net.AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}
