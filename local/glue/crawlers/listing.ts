/** The objects under a target, as folders with their files. */
import { paginateListObjectsV2, type ListObjectsV2Output, type S3Client } from "@aws-sdk/client-s3";
import type { Pattern } from "../../patterns";

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
    exclusions: readonly Pattern[],
    signal: AbortSignal,
): Promise<DataObject[]> {
    const objects: DataObject[] = [];
    for await (const page of pagesOf(s3, folder.bucket, folder.prefix, undefined, signal)) {
        objects.push(...dataObjects(folder, page, exclusions));
    }
    return objects;
}

/**
 * Lists one folder of a target without those below it, whose keys it tells.
 * @param key of the folder, with its slash
 * @throws when the bucket cannot be listed
 */
export async function listFolder(
    s3: S3Client,
    root: S3Location,
    key: string,
    exclusions: readonly Pattern[],
    signal: AbortSignal,
): Promise<{ objects: DataObject[]; folders: string[] }> {
    const objects: DataObject[] = [];
    const folders: string[] = [];
    for await (const page of pagesOf(s3, root.bucket, key, "/", signal)) {
        objects.push(...dataObjects(root, page, exclusions));
        folders.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
    }
    return { objects, folders };
}

/** Is the key of a data object of the target: neither hidden nor excluded? */
export function isData(root: S3Location, key: string, exclusions: readonly Pattern[]): boolean {
    if (!key.startsWith(root.prefix)) return false;
    const path = key.slice(root.prefix.length);
    const hidden = path.split("/").some((part) => part.startsWith("_") || part.startsWith("."));
    return !hidden && !exclusions.some((pattern) => pattern.test(path));
}

export function urlOf(object: Pick<DataObject, "bucket" | "key">): string {
    return `s3://${object.bucket}/${object.key}`;
}

function dataObjects(root: S3Location, page: ListObjectsV2Output, exclusions: readonly Pattern[]): DataObject[] {
    return (page.Contents ?? []).flatMap(({ Key: key = "", Size: size = 0 }) => {
        if (size === 0 || !isData(root, key, exclusions)) return [];
        const folders = key.slice(root.prefix.length).split("/").slice(0, -1);
        return [{ bucket: root.bucket, key, size, folders }];
    });
}

async function* pagesOf(
    s3: S3Client,
    bucket: string,
    prefix: string,
    delimiter: string | undefined,
    signal: AbortSignal,
): AsyncGenerator<ListObjectsV2Output> {
    const request = { Bucket: bucket, Prefix: prefix, Delimiter: delimiter };
    try {
        for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1000 }, request)) {
            signal.throwIfAborted();
            yield page;
        }
    } catch (error) {
        if (signal.aborted) throw error;
        throw new Error(`s3://${bucket}/${prefix} cannot be listed: ${describe(error)}`);
    }
}

function describe(error: unknown): string {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
