/** A local AWS that is meant to be attacked: what stands around it, what it holds, and how it answers. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { startLocal, type LocalAws } from "../../../local/control";

export interface Sent {
    /** The one in the signature; "" for no signature. */
    readonly service: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
}

export interface Answer {
    readonly status: number;
    readonly type: string;
    readonly body: string;
}

/** Longer than any answer takes on a busy machine: what has not come by then hangs. */
const patience = 60_000;

/** A local AWS in a folder, with folders beside, above and as temporary folder that nothing may touch. */
export class Besieged {
    private readonly agent: http.Agent;
    private readonly before: string;

    private constructor(
        private readonly outer: string,
        private readonly tmpdir: string | undefined,
        readonly local: LocalAws,
    ) {
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
        this.before = this.surroundings();
    }

    static async start(): Promise<Besieged> {
        const outer = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-hostile-"));
        for (const folder of ["tmp", "beside", "state/beside"]) {
            fs.mkdirSync(path.join(outer, folder), { recursive: true });
            fs.writeFileSync(path.join(outer, folder, "canary"), "sings");
        }
        const { TMPDIR } = process.env;
        process.env.TMPDIR = path.join(outer, "tmp");
        const local = await startLocal({ stateDir: path.join(outer, "state", "own"), port: 0, detached: false });
        return new Besieged(outer, TMPDIR, local);
    }

    async stop(): Promise<void> {
        if (this.tmpdir === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = this.tmpdir;
        this.agent.destroy();
        await this.local.stop();
        fs.rmSync(this.outer, { recursive: true, force: true });
    }

    /** Every file outside of the state folder, with its content: it has to stay as it was. */
    assertUntouched(): void {
        assert.equal(this.surroundings(), this.before, "something outside of the state folder has changed");
    }

    /** MB of memory of the gateway and the emulator. */
    async memory(): Promise<number> {
        const { pid, services } = await this.local.health();
        const pids = [pid, services.emulator?.pid as number].join(",");
        const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", pids], { encoding: "utf8" });
        return stdout
            .trim()
            .split(/\s+/)
            .reduce((sum, kilobytes) => sum + Number(kilobytes) / 1024, 0);
    }

    /** One request over a connection that is kept. @throws when no answer comes */
    send({ service, method, path: asked, headers, body }: Sent): Promise<Answer> {
        const { port } = new URL(this.local.endpoint);
        const credential = `Credential=test/20260101/us-east-1/${service}/aws4_request`;
        const signed =
            service === "" ? {} : { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` };
        const options = { host: "127.0.0.1", port, path: asked, method, agent: this.agent, timeout: patience };
        return new Promise((resolve, reject) => {
            const request = http.request({
                ...options,
                headers: { "content-length": body.length, ...signed, ...headers },
            });
            request.on("timeout", () => request.destroy(new Error("it hangs")));
            request.on("error", reject);
            request.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () =>
                    resolve({
                        status: response.statusCode ?? 0,
                        type: response.headers["content-type"] ?? "",
                        body: Buffer.concat(chunks).toString("utf8"),
                    }),
                );
            });
            request.end(body);
        });
    }

    /** Bytes as they are, then the end of the sender's side. @returns what came back before the connection closed */
    wire(bytes: Buffer): Promise<string> {
        const { port } = new URL(this.local.endpoint);
        return new Promise((resolve, reject) => {
            const socket = net.connect(Number(port), "127.0.0.1");
            let answer = "";
            const hanging = setTimeout(() => socket.destroy(new Error("it hangs")), patience);
            socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
            socket.on("error", (error: NodeJS.ErrnoException) => {
                // A reset is a way to hang up, too.
                if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
            });
            socket.on("close", () => {
                clearTimeout(hanging);
                resolve(answer);
            });
            socket.end(bytes);
        });
    }

    private surroundings(): string {
        const files = fs.readdirSync(this.outer, { recursive: true, encoding: "utf8" });
        const outside = files.filter((file) => !file.startsWith(path.join("state", "own", path.sep)));
        // The compiler's cache, if there is one, is the loader's own.
        return outside
            .sort()
            .map(
                (file) =>
                    `${file} ${fs.statSync(path.join(this.outer, file)).isFile() ? digest(path.join(this.outer, file)) : ""}`,
            )
            .join("\n");
    }
}

/** A good answer, or a refusal in the service's form; in no case the server's own failure. */
export function assertAwsShaped(sent: Sent, { status, type, body }: Answer): void {
    const shown = `${sent.service} ${sent.method} ${sent.path.slice(0, 200)} ${JSON.stringify(sent.headers).slice(0, 300)}\n${sent.body.toString("utf8").slice(0, 2000)}\n→ ${status} ${body.slice(0, 1500)}`;
    const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1] ?? /"__type":\s*"([^"]*)"/.exec(body)?.[1];
    // Of 5xx only S3's "not implemented" is an answer to a request, not a failure.
    assert.ok(status < 500 || code === "NotImplemented", shown);
    assert.doesNotMatch(code ?? "", /InternalFailure|InternalError|InternalServiceException/, shown);
    if (status < 400 || sent.method === "HEAD") {
        if (type.includes("json") && body !== "") assert.doesNotThrow(() => void JSON.parse(body), shown);
        return;
    }
    assert.ok(code !== undefined && code !== "", shown);
}

function digest(file: string): string {
    return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}
