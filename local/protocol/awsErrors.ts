/** Errors of the gateway itself, shaped for the client that asked: JSON for JSON services, XML for the others. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
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
    const text = Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error.code)}</Code>` +
            `<Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`,
    );
    response.writeHead(error.status, {
        "content-type": "application/xml",
        "content-length": text.length,
        "x-amz-request-id": requestId,
        "x-amzn-requestid": requestId,
    });
    response.end(request.method === "HEAD" ? undefined : text);
}

function escapeXml(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
