/** MiniStack as a child process: S3, IAM, STS, KMS, Logs and every other service that is not ours. */
import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import * as readline from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { SharedContext } from "./accounts";
import { localAccount } from "./context";

const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;

export interface EmulatorStatus {
    readonly state: "running" | "failed" | "stopped";
    readonly pid?: number;
    readonly reason?: string;
    readonly log: string;
}

export class Emulator {
    readonly logFile: string;
    private child?: ChildProcess;
    private port = 0;
    private failure?: string;
    private stopping = false;
    private starting?: Promise<void>;

    constructor(private readonly context: SharedContext) {
        this.logFile = path.join(context.stateDir, "logs", "emulator.log");
    }

    /** Where it listens; undefined while it does not run. */
    get address(): { host: string; port: number } | undefined {
        return this.status().state === "running" ? { host: "127.0.0.1", port: this.port } : undefined;
    }

    /** Starts it, once, and waits until it answers. @throws with the end of its log when it does not. */
    start(): Promise<void> {
        return (this.starting ??= this.startUp());
    }

    private async startUp(): Promise<void> {
        fs.mkdirSync(path.dirname(this.logFile), { recursive: true });
        const log = fs.openSync(this.logFile, "a");
        const child = spawn(this.context.toolchain.python, [path.join(__dirname, "emulator.py")], {
            env: this.environment(),
            stdio: ["pipe", "pipe", log],
            // Its own process group: Ctrl-C in the terminal reaches the gateway, which then ends it in order.
            detached: true,
        });
        fs.closeSync(log);
        this.child = child;
        child.on("error", (error) => this.failed(error.message));
        child.on("exit", (code, signal) => this.failed(`it ended with ${signal ?? `code ${code}`}`));
        child.stdin?.on("error", () => undefined);
        this.port = await this.announcedPort(child);
        await this.ready();
    }

    status(): EmulatorStatus {
        if (this.failure !== undefined) return { state: "failed", reason: this.failure, log: this.logFile };
        if (this.child === undefined || this.stopping) return { state: "stopped", log: this.logFile };
        return { state: "running", pid: this.child.pid, log: this.logFile };
    }

    /** Ends it by closing its input, which lets it save its state; kills it when that takes too long. */
    async stop(): Promise<void> {
        const child = this.child;
        this.stopping = true;
        if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
        child.stdin?.end();
        const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
        await gone;
        clearTimeout(timer);
    }

    private failed(reason: string): void {
        if (!this.stopping) this.failure ??= `The emulator behind S3, IAM and the other services is gone: ${reason}.`;
    }

    private announcedPort(child: ChildProcess): Promise<number> {
        return new Promise((resolve, reject) => {
            const fail = () => reject(this.startError());
            const timer = setTimeout(fail, startTimeoutMs);
            child.once("exit", fail);
            child.once("error", fail);
            readline.createInterface({ input: child.stdout! }).on("line", (line) => {
                const port = /^port (\d+)$/.exec(line)?.[1];
                if (port === undefined) return;
                clearTimeout(timer);
                child.off("exit", fail);
                resolve(Number(port));
            });
        });
    }

    private async ready(): Promise<void> {
        const deadline = Date.now() + startTimeoutMs;
        while (!(await this.answers())) {
            if (this.failure !== undefined || Date.now() > deadline) throw this.startError();
            await delay(50);
        }
    }

    private answers(): Promise<boolean> {
        return new Promise((resolve) => {
            const url = `http://127.0.0.1:${this.port}/_ministack/health`;
            const request = http.get(url, { agent: false, timeout: 5000 }, (response) => {
                response.resume();
                resolve(response.statusCode === 200);
            });
            request.on("error", () => resolve(false));
            request.on("timeout", () => request.destroy());
        });
    }

    private startError(): Error {
        const tail = fs.readFileSync(this.logFile, "utf8").trim().split("\n").slice(-15).join("\n");
        return new Error(
            `The emulator (MiniStack, ${this.context.toolchain.python}) did not start: ${this.failure ?? "no answer in time"}\n` +
                `End of ${this.logFile}:\n${tail}`,
        );
    }

    /** MiniStack's settings; addresses that it hands out, such as queue URLs, are the gateway's. */
    private environment(): NodeJS.ProcessEnv {
        const state = path.join(this.context.stateDir, "emulator");
        const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
        return {
            ...Object.fromEntries(own),
            PYTHONDONTWRITEBYTECODE: "1",
            GATEWAY_PORT: new URL(this.context.endpoint).port,
            MINISTACK_HOST: new URL(this.context.endpoint).hostname,
            MINISTACK_ACCOUNT_ID: localAccount,
            MINISTACK_REGION: this.context.region,
            PERSIST_STATE: "1",
            STATE_DIR: path.join(state, "services"),
            S3_PERSIST: "1",
            S3_DATA_DIR: path.join(state, "s3"),
            // Listeners of their own that nothing here uses.
            SFTP_ENABLED: "0",
            IOT_MTLS_ENABLED: "0",
            LOG_LEVEL: "WARNING",
        };
    }
}
