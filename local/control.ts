/** Starts, finds and stops a local AWS: the one place through which the rest of the house knows of it. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../tools/processes";
import type { RoleCalls } from "./calls";
import { clientEnvironment, defaultPort, localAccount, localCredentials, localRegion, loopback } from "./context";
import type { FaultState } from "./faults";
import type { FaultRule } from "./faults/rules";
import { isLoopback } from "./protocol/target";
import { readServer, type ServerRecord } from "./serverFile";

/** Starting takes about 3 s; a busy machine may need many times that. */
const startTimeoutMs = 120_000;
const stopTimeoutMs = 60_000;
const pollMs = 100;

export interface LocalOptions {
    /** Folder of the state, the logs and `server.json`. */
    readonly stateDir: string;
    /** @default 4577, or a free port where it is taken; 0 is a free port */
    readonly port?: number;
    /** An address of this machine, or 0.0.0.0 for all of them. @default 127.0.0.1 */
    readonly host?: string;
    /** Does it outlive this process? @default true */
    readonly detached?: boolean;
}

/** What `GET /_lakeworks/health` answers. */
export interface LocalHealth {
    readonly pid: number;
    readonly version: string;
    readonly endpoint: string;
    readonly services: Record<string, Record<string, unknown>>;
    /** Requests and bytes of objects read, by bucket, since the start. */
    readonly traffic: Record<string, { requests: number; bytesOut: number }>;
}

export class LocalAws {
    readonly region = localRegion;
    readonly account = localAccount;
    readonly credentials = localCredentials;
    readonly endpoint: string;
    readonly pid: number;
    /** The address that it listens on. */
    readonly host: string;

    constructor(
        private readonly stateDir: string,
        record: ServerRecord,
    ) {
        this.endpoint = record.endpoint;
        this.pid = record.pid;
        this.host = record.host;
    }

    /** Whether others than this machine may reach it. */
    get isOpen(): boolean {
        return !isLoopback(this.host);
    }

    /** With these any AWS client talks to it. @param account another than the first one */
    env(account: string = this.account): Record<string, string> {
        const keys = { accessKeyId: account, secretAccessKey: "test" };
        return clientEnvironment(this, account === this.account ? this.credentials : keys);
    }

    /**
     * With these `pulumi` and its AWS provider do. S3 Control puts the account before the endpoint's host name,
     * which only a name can take, not an address: hence `aws.localhost`, reached through the gateway as HTTP proxy.
     */
    pulumiEnv(): Record<string, string> {
        const { port } = new URL(this.endpoint);
        return {
            ...this.env(),
            AWS_ENDPOINT_URL: `http://aws.localhost:${port}`,
            HTTP_PROXY: this.endpoint,
            // By address only: "localhost" would take aws.localhost from the proxy as well.
            NO_PROXY: "127.0.0.1,::1",
        };
    }

    /** Starts Spark and Trino in the background. */
    async warm(): Promise<void> {
        await call(this.endpoint, "POST", "warm");
    }

    async health(): Promise<LocalHealth> {
        return (await call(this.endpoint, "GET", "health")) as LocalHealth;
    }

    /** What each role that runs jobs or crawlers has called since the start, by the role's ARN. */
    async calls(): Promise<Record<string, RoleCalls>> {
        return (await call(this.endpoint, "GET", "calls")) as Record<string, RoleCalls>;
    }

    /** Fails requests by these rules from now on, instead of by earlier ones. @returns what the rules have done so far, nothing yet */
    async setFaults(rules: readonly FaultRule[]): Promise<FaultState[]> {
        return (await call(this.endpoint, "POST", "faults", rules)) as FaultState[];
    }

    /** The rules by which requests fail, and what they have done so far. */
    async faults(): Promise<FaultState[]> {
        return (await call(this.endpoint, "GET", "faults")) as FaultState[];
    }

    /** Stops it with all its children; returns when its process is gone. */
    async stop(): Promise<void> {
        // It may be on its way out already: that its process ends is what counts.
        await call(this.endpoint, "POST", "shutdown").catch(() => undefined);
        const deadline = Date.now() + stopTimeoutMs;
        while (isAlive(this.pid)) {
            if (Date.now() > deadline) {
                throw new Error(
                    `The local AWS (process ${this.pid}) does not stop. See ${logFileOf(this.stateDir)}; end it with "kill ${this.pid}".`,
                );
            }
            await delay(pollMs);
        }
    }
}

/** The local AWS that runs on a state folder and answers; undefined when there is none. */
export async function findLocal(stateDir: string): Promise<LocalAws | undefined> {
    const record = readServer(stateDir);
    if (record === undefined) return undefined;
    const local = new LocalAws(stateDir, record);
    const health = await local.health().catch(() => undefined);
    return health?.pid === record.pid ? local : undefined;
}

/** Uses the local AWS that runs on the state folder, else starts one. @throws with the end of its log when it does not start. */
export async function startLocal(options: LocalOptions): Promise<LocalAws> {
    const stateDir = path.resolve(options.stateDir);
    const running = await findLocal(stateDir);
    if (running !== undefined) {
        if (options.host === undefined || options.host === running.host) return running;
        throw new Error(
            `The local AWS already runs and listens on ${running.host}. Stop it first ("lakeworks local stop").`,
        );
    }
    const on = (port: number) => startOn(port, { ...options, stateDir });
    if (options.port !== undefined) return on(options.port);
    if (!(await isFree(defaultPort))) return on(0);
    return on(defaultPort).catch(async (error: unknown) => {
        // Another one that was started at the same moment has it.
        if (await isFree(defaultPort)) throw error;
        return on(0);
    });
}

async function startOn(port: number, options: LocalOptions): Promise<LocalAws> {
    const { stateDir } = options;
    const child = spawnServer(port, options);
    let ended: string | undefined;
    child.once("error", (error) => (ended = error.message));
    child.once("exit", (code, signal) => (ended ??= `ended with ${signal ?? `code ${code}`}`));
    const deadline = Date.now() + startTimeoutMs;
    for (;;) {
        const local = await findLocal(stateDir);
        if (local !== undefined) return local;
        if (ended !== undefined || Date.now() > deadline) {
            child.kill();
            throw new Error(
                `The local AWS did not start: ${ended ?? "no answer in time"}.\n${tailOf(logFileOf(stateDir))}`,
            );
        }
        await delay(pollMs);
    }
}

function spawnServer(port: number, { stateDir, host = loopback, detached = true }: LocalOptions) {
    const logFile = logFileOf(stateDir);
    fs.mkdirSync(path.dirname(logFile), { recursive: true });
    const log = fs.openSync(logFile, "a");
    const loader = require.resolve("ts-node/register/transpile-only");
    const main = path.join(__dirname, "main.ts");
    // Names that clients choose are keys of objects here: `__proto__` has to be one like any other.
    const where = ["--state", stateDir, "--port", String(port), "--host", host];
    const args = ["--disable-proto=delete", "-r", loader, main, ...where];
    const child = spawn(process.execPath, args, { stdio: ["ignore", log, log], detached });
    fs.closeSync(log);
    if (detached) child.unref();
    else process.once("exit", () => child.kill());
    return child;
}

async function call(endpoint: string, method: string, action: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${endpoint}/_lakeworks/${action}`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok)
        throw new Error(`${method} ${action} at ${endpoint}: ${response.status} ${await response.text()}`);
    return response.json();
}

function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const probe = net.createServer();
        probe.once("error", () => resolve(false));
        probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
}

function logFileOf(stateDir: string): string {
    return path.join(stateDir, "logs", "local.log");
}

function tailOf(file: string): string {
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : [];
    return [`End of ${file}:`, ...lines.slice(-20)].join("\n");
}
