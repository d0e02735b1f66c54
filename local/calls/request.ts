/** The IAM actions of a signed request, by its service, and the body where the body says them. */
import type { IncomingHttpHeaders } from "node:http";
import { gunzipSync } from "node:zlib";
import type { LocalContext } from "../context";
import { glueResources } from "./glue";
import type { Call } from "./index";
import { s3Calls } from "./s3";

/** No service of AWS takes larger ones of which an action depends. */
const largestBody = 32 * 1024 * 1024;

export interface SignedRequest {
    readonly service: string;
    readonly method: string;
    /** Path and query, path-style for S3. */
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
}

/** S3 sends objects in its bodies, of which no action depends; a list of objects to delete is the one exception. */
export function needsBody({ service, method, query }: Pick<SignedRequest, "service" | "method" | "query">): boolean {
    return service !== "s3" || (method === "POST" && query.has("delete"));
}

export function callsOf(request: SignedRequest, context: Pick<LocalContext, "account" | "region">): Call[] {
    if (request.service === "s3") return s3Calls(request);
    const { operation, input } = operationOf(request);
    const action = `${iamPrefix[request.service] ?? request.service}:${actionOf(request.service, operation)}`;
    const arn = (service: string, resource: string) =>
        `arn:aws:${service}:${context.region}:${context.account}:${resource}`;
    const call = (resources: string[], keys: Record<string, string> = {}): Call[] => [
        { action, resources, context: keys },
    ];
    const text = (name: string) => (typeof input[name] === "string" ? input[name] : "");
    switch (request.service) {
        case "glue":
            return call(glueResources(operation, input, (resource) => arn("glue", resource)));
        case "logs": {
            // As IAM's refusals show it, a group's own ARN ends in an empty stream.
            const stream = `log-stream:${text("logStreamName")}`;
            return call([arn("logs", `log-group:${text("logGroupName")}:${stream}`)]);
        }
        case "kms":
            return call([text("KeyId").startsWith("arn:") ? text("KeyId") : arn("kms", `key/${text("KeyId")}`)]);
        case "sqs":
            return call([arn("sqs", input.QueueName === undefined ? nameOf(text("QueueUrl")) : text("QueueName"))]);
        case "monitoring":
            return call(["*"], { "cloudwatch:namespace": text("Namespace") });
        default:
            return call(["*"]);
    }
}

/** Signing names that are not the prefix of the service's actions. */
const iamPrefix: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** SQS allows a batch to whom it allows the single action. */
function actionOf(service: string, operation: string): string {
    return service === "sqs" ? operation.replace(/Batch$/, "") : operation;
}

function nameOf(queueUrl: string): string {
    return queueUrl.slice(queueUrl.lastIndexOf("/") + 1);
}

/** The operation by the protocols of AWS: JSON's header, the query protocol's form, or the path of Smithy's RPC. */
function operationOf({ method, path, headers, body: sent }: SignedRequest): {
    operation: string;
    input: Record<string, unknown>;
} {
    const body = unpacked(sent, headers);
    const target = headers["x-amz-target"];
    if (typeof target === "string") {
        return { operation: target.slice(target.indexOf(".") + 1), input: parseJson(body) };
    }
    const rpc = /^\/service\/[^/]+\/operation\/([^/?]+)/.exec(path)?.[1];
    if (rpc !== undefined) return { operation: rpc, input: {} };
    const form = new URLSearchParams(body.toString("utf8"));
    return { operation: form.get("Action") ?? `unknown ${method} ${path}`, input: Object.fromEntries(form) };
}

/** SDKs compress large bodies of PutMetricData: https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html */
function unpacked(body: Buffer, headers: IncomingHttpHeaders): Buffer {
    if (headers["content-encoding"] !== "gzip") return body;
    try {
        return gunzipSync(body, { maxOutputLength: largestBody });
    } catch {
        return body;
    }
}

function parseJson(body: Buffer): Record<string, unknown> {
    try {
        return { ...(JSON.parse(body.toString("utf8")) as object | null) };
    } catch {
        return {};
    }
}
