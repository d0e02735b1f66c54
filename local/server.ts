/** Assembles and runs one local AWS: emulator, our services, gateway; and takes it down again in order. */
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { loadToolchain } from "../tools/toolchain";
import { Accounts, type SharedContext } from "./accounts";
import { localRegion, loopback } from "./context";
import { Emulator } from "./emulator";
import { Gateway } from "./gateway";
import { OutputEncryption } from "./outputEncryption";
import { ServiceApi } from "./protocol/api";
import { claimStateDir, publishServer, withdrawServer } from "./serverFile";

export interface RunningServer {
    readonly endpoint: string;
    /** Ends everything that was started; a second call waits for the first. */
    stop(): Promise<void>;
    /** Settles when the server has stopped, for whatever reason. */
    readonly stopped: Promise<void>;
}

export interface ListenOptions {
    /** 0 for a free one. */
    readonly port: number;
    /** An address of this machine. @default 127.0.0.1: no signature is checked, so whoever reaches it may do anything */
    readonly host?: string;
}

/**
 * @throws when another local AWS runs on the state folder, the port is taken or the emulator does not start
 */
export async function runServer(stateDir: string, { port, host = loopback }: ListenOptions): Promise<RunningServer> {
    fs.mkdirSync(stateDir, { recursive: true });
    claimStateDir(stateDir);
    const server = http.createServer();
    const endpoint = `http://${reachable(host)}:${await listen(server, port, host)}`;
    const context: SharedContext = {
        region: localRegion,
        endpoint,
        stateDir: path.resolve(stateDir),
        toolchain: loadToolchain(),
        outputEncryption: new OutputEncryption(),
        log: (line) => console.error(`${new Date().toISOString()} ${line}`),
    };
    const emulator = new Emulator(context);
    const starting = emulator.start();
    // Reported below, when it is waited for.
    starting.catch(() => undefined);
    // Loaded meanwhile: it takes as long as the emulator's start.
    const [{ createGlue }, { createAthena }, { withEngineView }, { createLakeFormation }] = await Promise.all([
        import("./glue"),
        import("./athena"),
        import("./athena/trino/catalogView"),
        import("./lakeFormation"),
    ]);
    const apis = {
        glue: new ServiceApi("glue"),
        athena: new ServiceApi("athena"),
        lakeformation: new ServiceApi("lakeformation"),
    };
    const accounts = new Accounts(context, emulator, (own) => ({
        glue: { api: apis.glue, ...withEngineView(createGlue(own), own.engineCredentials) },
        athena: { api: apis.athena, ...createAthena(own) },
        lakeformation: { api: apis.lakeformation, ...createLakeFormation(own) },
    }));
    let stopping: Promise<void> | undefined;
    let settle = () => {};
    const stopped = new Promise<void>((resolve) => (settle = resolve));
    const stop = () => (stopping ??= takeDown().finally(settle));
    const gateway = new Gateway(server, { context, host, emulator, accounts, shutdown: () => void stop() });

    async function takeDown(): Promise<void> {
        // Our services first: they still end their work through the gateway and the emulator.
        await accounts.stop();
        await emulator.stop();
        gateway.close();
        withdrawServer(stateDir);
    }

    try {
        await starting;
    } catch (error) {
        await stop();
        throw error;
    }
    publishServer(stateDir, { pid: process.pid, port: Number(new URL(endpoint).port), host, endpoint });
    return { endpoint, stop, stopped };
}

/** How this machine itself reaches what listens on an address. */
function reachable(host: string): string {
    if (host === "0.0.0.0" || host === "::") return loopback;
    return host.includes(":") ? `[${host}]` : host;
}

function listen(server: http.Server, port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            const said: Record<string, string> = {
                EADDRINUSE: `Port ${port} is taken by another program. Give another with --port, or 0 for a free one.`,
                EADDRNOTAVAIL: `${host} is no address of this machine. Give one with --host, or 0.0.0.0 for all of them.`,
            };
            const message = said[error.code ?? ""];
            reject(message === undefined ? error : new Error(message));
        });
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
    });
}
