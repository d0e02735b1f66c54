/** The objects under a target, as folders with their files. */
import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

export interface S3Location {
    readonly bucket: string;
    /** Without a leading slash; a folder's ends with one. */
    readonly prefix: string;
}

export interface DataObject {
    readonly bucket: string;
    readonly key: string;
    readonly size: number;
    /** Folder names between the target's path and the file. */
    readonly folders: readonly string[];
}

/** @throws for anything but `s3://bucket/path`; `s3a://` and `s3n://` are taken as S3 as well. */
export function parseLocation(path: string): S3Location {
    const match = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/.exec(path);
    if (!match) throw new Error(`Not an S3 path: ${path}`);
    return { bucket: match[1] ?? "", prefix: match[2] ?? "" };
}

/** A target is a folder whether or not its path ends with a slash. */
export function folderOf(location: S3Location): S3Location {
    const { bucket, prefix } = location;
    return { bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

/**
 * Lists the data objects under a folder. Left out are empty ones, hidden ones (a file or folder whose name
 * starts with `_` or `.`) and those that an exclude pattern, relative to the folder, names.
 * @throws when the bucket cannot be listed
 */
export async function listObjects(
    s3: S3Client,
    folder: S3Location,
    exclusions: readonly RegExp[],
    signal: AbortSignal,
): Promise<DataObject[]> {
    const objects: DataObject[] = [];
    const request = { Bucket: folder.bucket, Prefix: folder.prefix };
    try {
        for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1000 }, request)) {
            signal.throwIfAborted();
            for (const { Key: key = "", Size: size = 0 } of page.Contents ?? []) {
                const path = key.slice(folder.prefix.length);
                const parts = path.split("/");
                const hidden = parts.some((part) => part.startsWith("_") || part.startsWith("."));
                if (size === 0 || hidden || exclusions.some((pattern) => pattern.test(path))) continue;
                objects.push({ bucket: folder.bucket, key, size, folders: parts.slice(0, -1) });
            }
        }
    } catch (error) {
        if (signal.aborted) throw error;
        throw new Error(`s3://${folder.bucket}/${folder.prefix} cannot be listed: ${describe(error)}`);
    }
    return objects;
}

export function urlOf(object: Pick<DataObject, "bucket" | "key">): string {
    return `s3://${object.bucket}/${object.key}`;
}

function describe(error: unknown): string {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
