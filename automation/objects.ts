/** The few things automation does with S3 objects. */
import { createHash } from "node:crypto";
import {
    GetObjectCommand,
    HeadObjectCommand,
    NoSuchKey,
    PutObjectCommand,
    paginateListObjectsV2,
    type S3Client,
} from "@aws-sdk/client-s3";

/** Objects of one bucket, as seeding needs them. */
export interface ObjectStore {
    /** Sizes in bytes by key. */
    list(prefix: string): Promise<Map<string, number>>;
    /** The SHA-256 that `put` recorded, in hexadecimal; undefined for an object put by someone else. */
    recordedChecksum(key: string): Promise<string | undefined>;
    put(key: string, body: Buffer): Promise<void>;
    /** Undefined when there is no such object. */
    getText(key: string): Promise<string | undefined>;
}

export function sha256(body: Buffer): string {
    return createHash("sha256").update(body).digest("hex");
}

const checksumKey = "content-sha256";

/** One bucket through S3; the checksum is kept in the object's metadata, since an ETag under KMS is not a digest. */
export function bucketStore(s3: S3Client, bucket: string): ObjectStore {
    return {
        async list(prefix) {
            const sizes = new Map<string, number>();
            for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
                for (const object of page.Contents ?? []) sizes.set(object.Key!, object.Size!);
            }
            return sizes;
        },
        async recordedChecksum(key) {
            const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
            return head.Metadata?.[checksumKey];
        },
        async put(key, body) {
            const metadata = { [checksumKey]: sha256(body) };
            await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }));
        },
        async getText(key) {
            try {
                const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
                return await object.Body!.transformToString();
            } catch (error) {
                if (error instanceof NoSuchKey) return undefined;
                throw error;
            }
        },
    };
}

/** `s3://bucket/prefix/` in its parts. */
export function parseLocation(location: string): { bucket: string; prefix: string } {
    const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(location);
    if (!match) throw new Error(`"${location}" is not an S3 location: it must look like s3://bucket/prefix/.`);
    return { bucket: match[1]!, prefix: match[2]! };
}
