/** IAM actions of S3's requests: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
import { decoded } from "../protocol/percent";
import type { Call } from "./index";
import type { SignedRequest } from "./request";

/** Query parameters that make a request about something else than the object or the bucket itself. */
const subresources = new Set([
    ...["accelerate", "acl", "analytics", "attributes", "cors", "encryption", "inventory", "lifecycle", "legal-hold"],
    ...["location", "logging", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus"],
    ...["publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select", "tagging", "torrent"],
    ...["uploadId", "uploads", "versioning", "versions", "website", "delete"],
]);

const ofBucket: Readonly<Record<string, string>> = {
    "GET location": "GetBucketLocation",
    "GET uploads": "ListBucketMultipartUploads",
    "GET versions": "ListBucketVersions",
    GET: "ListBucket",
    HEAD: "ListBucket",
    PUT: "CreateBucket",
    DELETE: "DeleteBucket",
};

const ofObject: Readonly<Record<string, string>> = {
    GET: "GetObject",
    HEAD: "GetObject",
    "GET attributes": "GetObjectAttributes",
    "GET tagging": "GetObjectTagging",
    "GET uploadId": "ListMultipartUploadParts",
    PUT: "PutObject",
    "PUT tagging": "PutObjectTagging",
    "PUT uploadId": "PutObject",
    "POST uploads": "PutObject",
    "POST uploadId": "PutObject",
    DELETE: "DeleteObject",
    "DELETE tagging": "DeleteObjectTagging",
    "DELETE uploadId": "AbortMultipartUpload",
};

export function s3Calls(request: SignedRequest): Call[] {
    const { method, query } = request;
    const [bucket = "", ...rest] = (request.path.split("?")[0] ?? "").slice(1).split("/").map(decoded);
    const key = rest.join("/");
    const arn = `arn:aws:s3:::${bucket}`;
    if (bucket === "") return [{ action: "s3:ListAllMyBuckets", resources: ["*"], context: {} }];
    const about = [...query.keys()].find((name) => subresources.has(name));
    const what = about === undefined ? method : `${method} ${about}`;
    if (key !== "") return objectCalls(request, what, `${arn}/${key}`);
    if (what === "POST delete") {
        return keysToDelete(request.body).map((each) => objectCall("DeleteObject", `${arn}/${each}`));
    }
    const context: Record<string, string> = {};
    // The condition key is that of the parameter, and is not there when the parameter is not.
    const prefix = query.get("prefix");
    if (prefix !== null) context["s3:prefix"] = prefix;
    return [{ action: `s3:${ofBucket[what] ?? `unknown ${what} of a bucket`}`, resources: [arn], context }];
}

function objectCalls({ query, headers }: SignedRequest, what: string, arn: string): Call[] {
    const name = ofObject[what] ?? `unknown ${what} of an object`;
    const version = query.has("versionId") && /^(Get|Delete)Object$/.test(name) ? `${name}Version` : name;
    const source = headers["x-amz-copy-source"];
    const copied = typeof source === "string" ? decoded(source).replace(/^\//, "").split("?")[0] : undefined;
    return [
        objectCall(version, arn),
        ...(copied === undefined ? [] : [objectCall("GetObject", `arn:aws:s3:::${copied}`)]),
    ];
}

function objectCall(name: string, arn: string): Call {
    return { action: `s3:${name}`, resources: [arn], context: {} };
}

function keysToDelete(body: Buffer): string[] {
    const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
    return [...body.toString("utf8").matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) =>
        key.replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity),
    );
}
