/** What was read from each bucket since the start: shows, for instance, that a job with bookmarks reads only new objects. */
import { decoded } from "./protocol/percent";

export interface BucketTraffic {
    requests: number;
    /** Bytes of objects sent to clients; listings and configuration are not counted. */
    bytesOut: number;
}

/** Counted; whoever asks for made-up ones must not fill the memory. */
const mostBuckets = 1000;

export class Traffic {
    private readonly byBucket = new Map<string, BucketTraffic>();

    /** Counts one S3 request; the function returned takes the bytes of the answer as they are sent. */
    count(method: string | undefined, path: string): (bytes: number) => void {
        const [bucket, key] = /^\/([^/?]+)\/?([^?]*)/.exec(path)?.slice(1) ?? [];
        if (bucket === undefined || bucket === "v20180820") return () => undefined;
        const name = decoded(bucket);
        const traffic = this.byBucket.get(name) ?? { requests: 0, bytesOut: 0 };
        if (this.byBucket.size >= mostBuckets && !this.byBucket.has(name)) return () => undefined;
        this.byBucket.set(name, traffic);
        traffic.requests += 1;
        const ofObject = method === "GET" && key !== undefined && key !== "";
        return ofObject ? (bytes) => void (traffic.bytesOut += bytes) : () => undefined;
    }

    snapshot(): Record<string, BucketTraffic> {
        return Object.fromEntries([...this.byBucket].map(([name, traffic]) => [name, { ...traffic }]));
    }
}
