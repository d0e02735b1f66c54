/** `s3://bucket/key` addresses. */

export interface S3Address {
    readonly bucket: string;
    readonly key: string;
}

/** @returns undefined for anything but `s3://bucket[/key]` */
export function parseS3(address: string): S3Address | undefined {
    if (!address.startsWith("s3://")) return undefined;
    const path = address.slice("s3://".length);
    const slash = path.indexOf("/");
    const bucket = slash < 0 ? path : path.slice(0, slash);
    return bucket === "" ? undefined : { bucket, key: slash < 0 ? "" : path.slice(slash + 1) };
}

/** The prefix as a folder: with its closing slash. */
export function asFolder(address: string): string {
    return address.endsWith("/") ? address : `${address}/`;
}
