/** The local AWS as a process: `main.ts --state DIR [--port N] [--host ADDRESS]`, N = 0 for a free port. Ends on SIGINT and SIGTERM. */
import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { defaultPort, loopback } from "./context";
import { runServer } from "./server";

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            state: { type: "string" },
            port: { type: "string", default: String(defaultPort) },
            host: { type: "string", default: loopback },
        },
    });
    const port = Number(values.port);
    if (values.state === undefined || !Number.isInteger(port) || port < 0 || port > 65535) {
        throw new Error("Usage: main.ts --state DIR [--port N] [--host ADDRESS]");
    }
    if (isIP(values.host) === 0) {
        throw new Error(`The host ${values.host} is no address: give one of this machine, or 0.0.0.0 for all of them.`);
    }
    const server = await runServer(values.state, { port, host: values.host });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void server.stop());
    console.log(`Lakeworks local AWS ready at ${server.endpoint}`);
    await server.stopped;
}

main().then(
    // Idle connections of clients that we hold must not keep a stopped server alive.
    () => process.exit(0),
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : String(error));
        process.exit(1);
    },
);
