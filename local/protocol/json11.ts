/**
 * AWS's JSON protocols: one POST per call, the operation in `X-Amz-Target` (JSON 1.1) or in the path (REST JSON).
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceApi } from "./api";
import { AwsError, type AwsService } from "./operations";
import type { Target } from "./target";

const contentType = "application/x-amz-json-1.1";

/** Larger than any request that Glue or Athena takes (a batch of 100 wide partitions is about 2 MB). */
const largestBody = 32 * 1024 * 1024;
/** How much of a larger one is read before the answer, and not kept. */
const mostDiscarded = 1024 * 1024 * 1024;

/** Answers one call from a table of operations. Never throws: every failure is an AWS-shaped answer. */
export async function serveJson(
    { api, operations }: Pick<AwsService, "api" | "operations">,
    request: IncomingMessage,
    response: ServerResponse,
    { path }: Pick<Target, "path">,
    log: (line: string) => void,
): Promise<void> {
    const target = request.headers["x-amz-target"]?.toString();
    try {
        const name = api.operationOf(target, path);
        checkForm(api, request);
        const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
        if (operation === undefined) {
            throw new AwsError(
                "UnknownOperationException",
                `${target ?? name} is not implemented by the Lakeworks local AWS yet.`,
            );
        }
        sendJson(response, 200, await operation(api.inputOf(name, parse(await readBody(request)))));
    } catch (error) {
        if (!(error instanceof AwsError)) {
            log(`${target ?? path}: ${error instanceof Error ? error.stack : String(error)}`);
        }
        // What is left of a body that was not read must not be taken for the next request.
        if (!request.complete) response.shouldKeepAlive = false;
        request.resume();
        sendJsonError(response, error);
    }
}

/** @throws UnknownOperationException for what AWS's front end does not even take for a call */
function checkForm(api: ServiceApi, { method, headers }: IncomingMessage): void {
    if (method !== "POST") throw new AwsError("UnknownOperationException", `Calls are POST requests, not ${method}.`);
    const given = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    if (!api.contentTypes.includes(given ?? "")) {
        throw new AwsError(
            "UnknownOperationException",
            `The Content-Type of a call is ${api.contentTypes[0]}, not ${given ?? "absent"}.`,
        );
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

function parse(body: Buffer): unknown {
    if (body.length === 0) return {};
    try {
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
    } catch (error) {
        throw new AwsError("SerializationException", `The request's body is not JSON: ${(error as Error).message}`);
    }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    // Kept open where it is too large: a client that is still sending would not hear why it is refused.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > mostDiscarded) break;
        if (size <= largestBody) chunks.push(chunk);
    }
    if (size <= largestBody) return Buffer.concat(chunks);
    throw new AwsError("RequestEntityTooLargeException", `The request's body exceeds ${largestBody} bytes.`, 413);
}
