/** Errors of the gateway itself, shaped for the client that asked: JSON for JSON services, XML for the others. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { AwsError } from "./operations";
import { sendJsonError } from "./json11";

/** Refuses a request before any service has seen it. */
export function refuse(request: IncomingMessage, response: ServerResponse, error: AwsError): void {
    // The rest of the body is not wanted: without this a keep-alive connection would wait for it.
    response.shouldKeepAlive = false;
    request.resume();
    if (request.headers["x-amz-target"] !== undefined) {
        sendJsonError(response, error);
        return;
    }
    const requestId = randomUUID();
    const text = xmlOf(error, requestId);
    response.writeHead(error.status, {
        "content-type": "application/xml",
        "content-length": text.length,
        "x-amz-request-id": requestId,
        "x-amzn-requestid": requestId,
    });
    response.end(request.method === "HEAD" ? undefined : text);
}

/** Refuses bytes that are no HTTP request, and hangs up. */
export function refuseBytes(fault: NodeJS.ErrnoException, socket: Duplex): void {
    if (!socket.writable || fault.code === "ECONNRESET") {
        socket.destroy();
        return;
    }
    const tooLarge = fault.code === "HPE_HEADER_OVERFLOW";
    const error = tooLarge
        ? new AwsError(
              "RequestHeaderSectionTooLarge",
              "Your request header and query parameters exceed the maximum allowed size.",
          )
        : new AwsError("BadRequest", `The request is not valid HTTP: ${fault.message}`);
    const text = xmlOf(error, randomUUID());
    const head = [
        "HTTP/1.1 400 Bad Request",
        "Connection: close",
        "Content-Type: application/xml",
        `Content-Length: ${text.length}`,
    ];
    socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), text]), () => socket.destroy());
}

function xmlOf({ code, message }: AwsError, requestId: string): Buffer {
    return Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(code)}</Code>` +
            `<Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`,
    );
}

function escapeXml(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
