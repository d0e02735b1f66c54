/** Which service and region a request is for: AWS names both in the signature's credential scope. */
import type { IncomingHttpHeaders } from "node:http";

export interface RequestScope {
    /** The signing name, e.g. `glue`, `s3`, `logs`. */
    readonly service: string;
    /** Absent in legacy S3 signatures and in those that are valid in several regions. */
    readonly region?: string;
    /** Whose key signed; absent where nobody did. */
    readonly accessKeyId?: string;
}

/** JSON services by the prefix of their `X-Amz-Target`, for requests that are not signed. */
const servicesByTarget: Record<string, string> = { AWSGlue: "glue", AmazonAthena: "athena" };

/**
 * Reads the scope from the Authorization header, else from a presigned URL's query, else from X-Amz-Target.
 * @returns undefined for a request that names no service.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function scopeOf(headers: IncomingHttpHeaders, query: URLSearchParams): RequestScope | undefined {
    const authorization = headers.authorization ?? "";
    const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get("X-Amz-Credential");
    if (credential) return scopeOfCredential(credential, authorization);
    if (authorization.startsWith("AWS ") || query.has("AWSAccessKeyId")) return { service: "s3" };
    const target = headers["x-amz-target"];
    const service = typeof target === "string" ? servicesByTarget[target.split(".")[0] ?? ""] : undefined;
    return service === undefined ? undefined : { service };
}

function scopeOfCredential(credential: string, authorization: string): RequestScope | undefined {
    const parts = credential.split("/");
    // Signature V4A leaves the region out: <key>/<date>/<service>/aws4_request.
    const multiRegion = authorization.startsWith("AWS4-ECDSA-") || parts.length === 4;
    const service = parts.at(-2);
    if (service === undefined || parts.length < 4) return undefined;
    const accessKeyId = parts[0];
    return multiRegion ? { service, accessKeyId } : { service, region: parts.at(-3), accessKeyId };
}
