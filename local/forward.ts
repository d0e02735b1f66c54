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

export class Forwarder {
    private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 256, scheduling: "lifo" });

    /**
     * @param sent is told of every piece of the answer's body, in bytes
     * @param extra headers that are added where the client sent none
     */
    forward(
        request: http.IncomingMessage,
        response: http.ServerResponse,
        to: { host: string; port: number },
        path: string,
        extra: Readonly<Record<string, string>>,
        sent: (bytes: number) => void,
    ): void {
        const headers = [...passedOn(request.rawHeaders), "Host", `${to.host}:${to.port}`];
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
            answer.pipe(response);
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
