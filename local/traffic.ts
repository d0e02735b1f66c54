/** What was read from each bucket since the start: shows, for instance, that a job with bookmarks reads only new objects. */

export interface BucketTraffic {
    requests: number;
    /** Bytes of objects sent to clients; listings and configuration are not counted. */
    bytesOut: number;
}

export class Traffic {
    private readonly byBucket = new Map<string, BucketTraffic>();

    /** Counts one S3 request; the function returned takes the bytes of the answer as they are sent. */
    count(method: string | undefined, path: string): (bytes: number) => void {
        const [bucket, key] = /^\/([^/?]+)\/?([^?]*)/.exec(path)?.slice(1) ?? [];
        if (bucket === undefined || bucket === "v20180820") return () => undefined;
        const name = decodeURIComponent(bucket);
        const traffic = this.byBucket.get(name) ?? { requests: 0, bytesOut: 0 };
        this.byBucket.set(name, traffic);
        traffic.requests += 1;
        const ofObject = method === "GET" && key !== undefined && key !== "";
        return ofObject ? (bytes) => void (traffic.bytesOut += bytes) : () => undefined;
    }

    snapshot(): Record<string, BucketTraffic> {
        return Object.fromEntries([...this.byBucket].map(([name, traffic]) => [name, { ...traffic }]));
    }
}
