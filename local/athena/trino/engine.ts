/** The one Trino of the local Athena: started at its first use, replaced when it has died. */
import { setTimeout as delay } from "node:timers/promises";
import type { LocalContext } from "../../context";
import { runStatement } from "./client";
import { TrinoProcess } from "./process";
import { hiveCatalog } from "./settings";

/** A Trino that cannot answer within this long on a busy machine never will. */
const startTimeoutMs = 180_000;

export class TrinoEngine {
    private current: Promise<TrinoProcess> | undefined;
    private process: TrinoProcess | undefined;
    private phase: "stopped" | "starting" | "ready" = "stopped";
    private closed = false;

    constructor(private readonly context: LocalContext) {}

    /** The running server, started and able to answer queries. */
    ready(): Promise<TrinoProcess> {
        if (this.closed) return Promise.reject(new Error("The local Athena is shutting down."));
        this.current ??= this.start().catch((error: unknown) => {
            this.current = undefined;
            this.phase = "stopped";
            throw error;
        });
        return this.current;
    }

    status(): object {
        return { engine: "trino", state: this.phase, url: this.process?.url, pid: this.process?.pid };
    }

    async stop(): Promise<void> {
        this.closed = true;
        await this.process?.kill();
    }

    private async start(): Promise<TrinoProcess> {
        this.phase = "starting";
        const startedAt = Date.now();
        const server = await TrinoProcess.start(this.context);
        this.process = server;
        let end: string | undefined;
        void server.ended.then((how) => {
            end = how;
            if (this.process === server) {
                this.process = undefined;
                this.current = undefined;
                this.phase = "stopped";
            }
            if (!this.closed) this.context.log(`athena: Trino ended (${how})`);
        });
        for (let wait = 100; !(await answers(server.url)); wait = Math.min(wait * 1.5, 1000)) {
            if (end !== undefined) {
                throw new Error(`Trino did not start: it ended with ${end}.\n${server.logTail()}`);
            }
            if (Date.now() - startedAt > startTimeoutMs) {
                await server.kill();
                throw new Error(`Trino did not answer within ${startTimeoutMs / 1000} s; see ${server.logFile}.`);
            }
            await delay(wait);
        }
        this.phase = "ready";
        this.context.log(`athena: Trino ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
        return server;
    }
}

/**
 * Asks for the catalog's schemas: this goes through the metastore, and a server that answers it can run any query.
 * `/v1/info` says "started" too early.
 */
async function answers(server: string): Promise<boolean> {
    try {
        const request = { sql: "SHOW SCHEMAS", catalog: hiveCatalog, schema: "default", session: {} };
        for await (const page of runStatement(server, request)) {
            if (page.error) return false;
        }
        return true;
    } catch {
        return false;
    }
}
