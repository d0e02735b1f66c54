/** What a request meets that a rule fails. */
import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AwsError } from "../protocol/operations";
import type { FaultKind, FaultRule } from "./rules";

const defaultDelayMs = 1000;

/** Errors as S3 words them, then as the JSON services do. */
const errors: Partial<Record<FaultKind, readonly [s3: AwsError, json: AwsError]>> = {
    unavailable: [
        new AwsError("ServiceUnavailable", "Service is unable to handle request.", 503),
        new AwsError("InternalServiceException", "An internal service error occurred.", 500),
    ],
    throttled: [
        new AwsError("SlowDown", "Please reduce your request rate.", 503),
        new AwsError("ThrottlingException", "Rate exceeded"),
    ],
    expired: [
        new AwsError("ExpiredToken", "The provided token has expired."),
        new AwsError("ExpiredTokenException", "The security token included in the request is expired"),
    ],
};

/** What is left to do for a request that met a fault. */
export type Left = "nothing" | "answer" | "answer half";

/** @throws AwsError that the client is to see */
export async function inject(
    { kind, delayMs = defaultDelayMs }: FaultRule,
    service: string,
    request: IncomingMessage,
): Promise<Left> {
    const [s3, json] = errors[kind] ?? [];
    const error = service === "s3" ? s3 : json;
    if (error !== undefined) throw error;
    if (kind === "dropped") {
        request.destroy();
        return "nothing";
    }
    if (kind === "slow") await delay(delayMs);
    return kind === "truncated" ? "answer half" : "answer";
}
