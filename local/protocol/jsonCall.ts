/**
 * Calls of a JSON service through the gateway, like any client's, where an SDK's client is not worth its weight: they are
 * few, and the gateway checks no signature, so that a signature's scope, which says who calls what, is enough.
 */
import type { Credentials } from "../calls";
import type { LocalContext } from "../context";

export interface JsonService {
    /** Its signing name. */
    readonly name: string;
    /** What is before the operation in `X-Amz-Target`. */
    readonly target: string;
    /** For messages. */
    readonly title: string;
}

/** @throws with the service's own words */
export async function jsonCall<T>(
    context: Pick<LocalContext, "endpoint" | "region">,
    { accessKeyId }: Credentials,
    service: JsonService,
    operation: string,
    input: object,
    signal?: AbortSignal,
): Promise<T> {
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    const scope = `${day}/${context.region}/${service.name}/aws4_request`;
    const response = await fetch(context.endpoint, {
        method: "POST",
        headers: {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": `${service.target}.${operation}`,
            authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=none`,
        },
        body: JSON.stringify(input),
        signal,
    });
    const answer = (await response.json()) as T & { message?: string };
    if (!response.ok) throw new Error(`${service.title} ${operation}: ${answer.message ?? response.status}`);
    return answer;
}
