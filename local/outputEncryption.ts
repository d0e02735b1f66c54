/**
 * Encryption of what Spark writes under a security configuration. Its S3 client asks for SSE-KMS over HTTPS only, and
 * there is none here: the gateway adds to its requests what it would have asked for.
 */
import type { IncomingMessage } from "node:http";
import type { RequestScope } from "./protocol/scope";
import type { Target } from "./protocol/target";

type Headers = Readonly<Record<string, string>>;

export class OutputEncryption {
    private readonly byKey = new Map<string, Headers>();

    /** @param mode of the S3 encryption of a security configuration: `SSE-KMS` or `SSE-S3` */
    set(accessKeyId: string, mode: string | undefined, kmsKeyArn: string | undefined): void {
        if (mode === "SSE-KMS" && kmsKeyArn !== undefined) {
            this.byKey.set(accessKeyId, {
                "x-amz-server-side-encryption": "aws:kms",
                "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
            });
        } else if (mode === "SSE-S3") this.byKey.set(accessKeyId, { "x-amz-server-side-encryption": "AES256" });
    }

    remove(accessKeyId: string): void {
        this.byKey.delete(accessKeyId);
    }

    /** Headers to add to a request: none unless Spark creates an object or begins an upload in parts. */
    headersFor(
        { method, headers }: IncomingMessage,
        { query }: Target,
        { service, accessKeyId }: RequestScope,
    ): Headers {
        const creates = method === "PUT" && !query.has("partNumber");
        const begins = method === "POST" && query.has("uploads");
        // A script's own clients ask for what they want.
        const ofSpark = (headers["user-agent"] ?? "").startsWith("Hadoop");
        if (service !== "s3" || accessKeyId === undefined || !ofSpark || !(creates || begins)) return {};
        return this.byKey.get(accessKeyId) ?? {};
    }
}
