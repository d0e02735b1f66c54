/** Passes a request to the emulator and its answer back, both streamed. */
import * as http from "node:http";
import { AwsError } from "./protocol/operations";
import { refuse } from "./protocol/awsErrors";

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1), and those that we set ourselves. */
const ownHeaders = new Set([
    "connection",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "host",
    "expect",
]);

export interface Forwarding {
    readonly to: { readonly host: string; readonly port: number };
    /** Path and query. */
    readonly path: string;
    /** Headers that are added where the client sent none. */
    readonly extra: Readonly<Record<string, string>>;
    /** Is told of every piece of the answer's body, in bytes. */
    readonly sent: (bytes: number) => void;
    /** The access key to write in place of the client's. */
    readonly keyInstead?: { readonly from: string; readonly to: string };
    /** Whether the answer is to end in its middle. */
    readonly half?: boolean;
}

export class Forwarder {
    private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 256, scheduling: "lifo" });

    forward(
        request: http.IncomingMessage,
        response: http.ServerResponse,
        { to, path: asked, extra, sent, keyInstead, half }: Forwarding,
    ): void {
        const rekey = (text: string) => (keyInstead ? text.replace(keyInstead.from, keyInstead.to) : text);
        const path = rekey(asked);
        const headers = [...passedOn(request.rawHeaders).map(rekey), "Host", `${to.host}:${to.port}`];
        for (const [name, value] of Object.entries(extra)) {
            if (request.headers[name] === undefined) headers.push(name, value);
        }
        // Without a length the body can only travel in chunks; a request that has neither has no body.
        const chunked = request.headers["transfer-encoding"] !== undefined;
        if (chunked) headers.push("Transfer-Encoding", "chunked");
        const upstream = http.request({ ...to, agent: this.agent, method: request.method, path, headers });
        upstream.on("response", (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders, answer));
            answer.on("data", (chunk: Buffer) => sent(chunk.length));
            answer.on("error", () => response.destroy());
            if (half) passHalf(answer, response);
            else answer.pipe(response);
        });
        upstream.on("error", (error) => {
            if (response.headersSent || response.destroyed) response.destroy();
            else
                refuse(
                    request,
                    response,
                    new AwsError("ServiceUnavailable", `The emulator did not answer: ${error.message}`, 503),
                );
        });
        // A client that goes away must not leave its half-sent request behind.
        response.on("close", () => {
            if (!response.writableFinished) upstream.destroy();
        });
        request.pipe(upstream);
    }

    close(): void {
        this.agent.destroy();
    }
}

/** Half of the length that the answer has announced, then the end of the connection. */
function passHalf(answer: http.IncomingMessage, response: http.ServerResponse): void {
    let left = Math.floor(Number(answer.headers["content-length"] ?? 0) / 2);
    answer.on("data", (chunk: Buffer) => {
        const part = chunk.subarray(0, left);
        left -= part.length;
        if (part.length > 0) response.write(part);
    });
    // Not destroyed: what was written has to reach the client.
    answer.on("end", () => setImmediate(() => response.socket?.end()));
}

/** Raw headers keep their order, spelling and repetition. */
function passedOn(raw: readonly string[], answer?: http.IncomingMessage): string[] {
    const headers: string[] = [];
    for (let index = 0; index < raw.length; index += 2) {
        const name = raw[index] ?? "";
        if (!ownHeaders.has(name.toLowerCase())) headers.push(name, raw[index + 1] ?? "");
    }
    if (answer?.headers["transfer-encoding"] !== undefined) headers.push("Transfer-Encoding", "chunked");
    return headers;
}
