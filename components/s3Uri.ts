/** `s3://bucket/key` and what IAM calls it. */

export interface S3Address {
    readonly bucket: string;
    /** Without a leading slash; a prefix ends in one, an object does not. */
    readonly key: string;
}

/** @throws when the text is no S3 URI. */
export function parseS3Uri(uri: string): S3Address {
    const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
    if (match?.[1] === undefined || match[2] === undefined) {
        throw new Error(
            `"${uri}" is no S3 address of a prefix or an object: write s3://bucket/folder/ or s3://bucket/file`,
        );
    }
    return { bucket: match[1], key: match[2] };
}

/** A prefix covers itself and all below it; an object only itself. */
export function covered(key: string): string[] {
    return key.endsWith("/") ? [key.slice(0, -1), `${key}*`] : [key];
}

/** The folders that a prefix or an object lies in, the outermost first, without slashes at their ends. */
export function foldersAbove(key: string): string[] {
    const parts = key.split("/").filter((part) => part !== "");
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

export function objectArns(partition: string, uris: readonly string[]): string[] {
    return uris
        .map(parseS3Uri)
        .flatMap(({ bucket, key }) => covered(key).map((pattern) => `arn:${partition}:s3:::${bucket}/${pattern}`));
}

/**
 * Level of the folder that is one table, counted as a crawler does: the bucket is 1, its folders 2.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-table-level.html
 */
export function tableLevel(prefix: string): number {
    return (
        1 +
        parseS3Uri(prefix)
            .key.split("/")
            .filter((part) => part !== "").length
    );
}

/** The last folder of a prefix: what a crawler names the table after. */
export function lastFolder(prefix: string): string {
    return (
        parseS3Uri(prefix)
            .key.split("/")
            .filter((part) => part !== "")
            .at(-1) ?? ""
    );
}
