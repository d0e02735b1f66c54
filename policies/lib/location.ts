/** Places in Amazon S3. */

/** `s3a://Bucket/folder` → `Bucket/folder/`; undefined for what is no place in S3. */
export function placeOf(uri: string): string | undefined {
    const place = /^s3[an]?:\/\/([^/]+)(\/.*)?$/.exec(uri.trim());
    if (place === null) {
        return undefined;
    }
    const [, bucket = "", key = "/"] = place;
    return bucket + (key.endsWith("/") ? key : `${key}/`);
}

/** Is one of the places inside the other, or are they the same? A whole bucket holds too much to tell anything. */
export function overlap(one: string | undefined, other: string | undefined): boolean {
    if (one === undefined || other === undefined) {
        return false;
    }
    const [outer, inner] = one.length <= other.length ? [one, other] : [other, one];
    return inner.startsWith(outer) && (outer === inner || outer.indexOf("/") < outer.length - 1);
}

/** The last folder of a place, as a crawler names its table after it. */
export function lastFolder(place: string): string {
    return place.split("/").at(-2) ?? "";
}
