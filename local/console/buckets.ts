/** Buckets of an account with what they hold, for the status page. */
import { ListBucketsCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Account } from "../accounts";
import { clientsOf } from "../context";

export interface StoredBucket {
    readonly name: string;
    readonly objects: number;
    /** Of the objects counted. */
    readonly bytes: number;
    /** Whether there are more objects than were counted. */
    readonly more: boolean;
}

/** The page asks again every few seconds: what was counted a moment ago is good enough. */
const lifeMs = 10_000;
const mostPages = 10;

export class Buckets {
    private readonly counted = new Map<string, { at: number; buckets: Promise<StoredBucket[]> }>();

    of({ context }: Account): Promise<StoredBucket[]> {
        const known = this.counted.get(context.account);
        if (known !== undefined && Date.now() - known.at < lifeMs) return known.buckets;
        const { s3 } = clientsOf(context);
        const buckets = count(s3).finally(() => s3.destroy());
        this.counted.set(context.account, { at: Date.now(), buckets });
        buckets.catch(() => this.counted.delete(context.account));
        return buckets;
    }
}

async function count(s3: S3Client): Promise<StoredBucket[]> {
    const { Buckets: found = [] } = await s3.send(new ListBucketsCommand({}));
    return Promise.all(found.map(({ Name }) => countBucket(s3, Name!)));
}

async function countBucket(s3: S3Client, name: string): Promise<StoredBucket> {
    let objects = 0;
    let bytes = 0;
    let ContinuationToken: string | undefined;
    for (let pages = 0; pages < mostPages; pages++) {
        const page = await s3.send(new ListObjectsV2Command({ Bucket: name, ContinuationToken }));
        for (const { Size = 0 } of page.Contents ?? []) {
            objects += 1;
            bytes += Size;
        }
        ContinuationToken = page.NextContinuationToken;
        if (ContinuationToken === undefined) break;
    }
    return { name, objects, bytes, more: ContinuationToken !== undefined };
}
