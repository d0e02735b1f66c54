/**
 * The AWS JSON 1.1 protocol: one POST per call, the operation in `X-Amz-Target`.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError, type Operations } from "./operations";
import { targetOf } from "./target";

const contentType = "application/x-amz-json-1.1";

/** Larger than any request that Glue or Athena takes (a batch of 100 wide partitions is about 2 MB). */
const largestBody = 32 * 1024 * 1024;

/** Answers one call from a table of operations. Never throws: every failure is an AWS-shaped answer. */
export async function serveJson(
    operations: Operations,
    request: IncomingMessage,
    response: ServerResponse,
    log: (line: string) => void,
): Promise<void> {
    // REST services, such as Lake Formation, name the operation in the path.
    const target = String(request.headers["x-amz-target"] ?? targetOf(request).path.slice(1));
    try {
        const input = parse(await readBody(request));
        const name = target.slice(target.indexOf(".") + 1);
        const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
        if (operation === undefined) {
            throw new AwsError(
                "UnknownOperationException",
                `${target === "" ? "A request without X-Amz-Target" : target} is not implemented by the Lakeworks local AWS yet.`,
            );
        }
        sendJson(response, 200, await operation(input));
    } catch (error) {
        if (!(error instanceof AwsError)) log(`${target}: ${error instanceof Error ? error.stack : String(error)}`);
        sendJsonError(response, error);
    }
}

/** Sends an error as AWS shapes it; one that is not an AwsError is our fault: InternalServiceException, 500. */
export function sendJsonError(response: ServerResponse, error: unknown): void {
    const shown =
        error instanceof AwsError
            ? error
            : new AwsError("InternalServiceException", `Lakeworks local AWS: ${String(error)}`, 500);
    response.setHeader("x-amzn-errortype", shown.code);
    sendJson(response, shown.status, { __type: shown.code, message: shown.message, Message: shown.message });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
    const text = Buffer.from(JSON.stringify(body, epochSeconds));
    response.writeHead(status, {
        "content-type": contentType,
        "content-length": text.length,
        "x-amzn-requestid": randomUUID(),
    });
    response.end(text);
}

/** JSON.stringify has already turned a Date into text when it calls a replacer: look at the holder's own value. */
function epochSeconds(this: unknown, key: string, value: unknown): unknown {
    const own = (this as Record<string, unknown>)[key];
    return own instanceof Date ? own.getTime() / 1000 : value;
}

function parse(body: Buffer): object {
    if (body.length === 0) return {};
    let value: unknown;
    try {
        value = JSON.parse(body.toString("utf8"));
    } catch (error) {
        throw new AwsError("SerializationException", `The request's body is not JSON: ${(error as Error).message}`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new AwsError("SerializationException", "The request's body is not a JSON object.");
    }
    return value;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > largestBody) {
            throw new AwsError(
                "RequestEntityTooLargeException",
                `The request's body exceeds ${largestBody} bytes.`,
                413,
            );
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
