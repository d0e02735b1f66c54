/** Writes a result to a file beside the state, then to S3 in one piece: a reader never sees half a result. */
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from "@aws-sdk/client-s3";
import type { EncryptionConfiguration } from "@aws-sdk/client-athena";
import { parseS3 } from "./location";

export class ResultFile {
    private readonly stream: fs.WriteStream;
    private failure: Error | undefined;

    constructor(private readonly file: string) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        this.stream = fs.createWriteStream(file);
        this.stream.on("error", (error) => (this.failure = error));
    }

    async write(text: string): Promise<void> {
        if (this.failure) throw this.failure;
        if (!this.stream.write(text)) await once(this.stream, "drain");
    }

    /** @throws when the bucket refuses */
    async upload(s3: S3Client, target: string, encryption: EncryptionConfiguration | undefined): Promise<void> {
        await new Promise<void>((resolve, reject) =>
            this.stream.end((error?: Error | null) => (error ? reject(error) : resolve())),
        );
        await putResult(s3, target, fs.createReadStream(this.file), encryption, fs.statSync(this.file).size);
    }

    discard(): void {
        this.stream.destroy();
        fs.rmSync(this.file, { force: true });
    }
}

/** @param bytes the length of a stream @throws when the bucket refuses */
export async function putResult(
    s3: S3Client,
    target: string,
    content: fs.ReadStream | Buffer | string,
    encryption: EncryptionConfiguration | undefined,
    bytes?: number,
): Promise<void> {
    const { bucket, key } = parseS3(target) ?? { bucket: "", key: "" };
    await s3.send(
        new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: content,
            ContentLength: bytes,
            ContentType: "application/octet-stream",
            ...encryptionHeaders(encryption),
        }),
    );
}

function encryptionHeaders(encryption: EncryptionConfiguration | undefined): Partial<PutObjectCommandInput> {
    if (encryption?.EncryptionOption === "SSE_S3") return { ServerSideEncryption: "AES256" };
    if (encryption?.EncryptionOption === "SSE_KMS")
        return { ServerSideEncryption: "aws:kms", SSEKMSKeyId: encryption.KmsKey };
    return {};
}
