/** Sizes of a Parquet file's column chunks, from its footer. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { parquetMetadataAsync, type AsyncBuffer } from "hyparquet";

export interface ScannedObject {
    readonly bucket: string;
    readonly key: string;
    readonly etag: string;
    readonly bytes: number;
}

/** Compressed bytes by the column's path in lower case, `struct.field` for a nested one. */
export type ChunkSizes = ReadonlyMap<string, number>;

const mostCached = 20_000;

/** Footers of small files are a few KB; a longer one costs a second request. */
const firstReadBytes = 32 * 1024;

export class FooterCache {
    private readonly sizes = new Map<string, ChunkSizes>();

    constructor(private readonly s3: S3Client) {}

    async chunkSizes(object: ScannedObject): Promise<ChunkSizes> {
        const id = `${object.bucket}/${object.key}#${object.etag}`;
        const known = this.sizes.get(id);
        if (known) return known;
        const read = await this.read(object);
        const oldest = this.sizes.keys().next();
        if (this.sizes.size >= mostCached && !oldest.done) this.sizes.delete(oldest.value);
        this.sizes.set(id, read);
        return read;
    }

    private async read({ bucket, key, bytes }: ScannedObject): Promise<ChunkSizes> {
        const file: AsyncBuffer = {
            byteLength: bytes,
            slice: async (start, end = bytes) => {
                const range = `bytes=${start}-${end - 1}`;
                const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
                if (!Body) throw new Error(`s3://${bucket}/${key} has no body.`);
                return new Uint8Array(await Body.transformToByteArray()).buffer;
            },
        };
        const metadata = await parquetMetadataAsync(file, { initialFetchSize: firstReadBytes });
        const sizes = new Map<string, number>();
        for (const { columns } of metadata.row_groups) {
            for (const { meta_data: chunk } of columns) {
                if (!chunk) continue;
                const path = chunk.path_in_schema.join(".").toLowerCase();
                sizes.set(path, (sizes.get(path) ?? 0) + Number(chunk.total_compressed_size));
            }
        }
        return sizes;
    }
}
