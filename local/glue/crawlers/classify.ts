/** What an object is: its format, compression and schema, from as few bytes as tell. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { StoredClassifier } from "../classifiers";
import { sampleCsv, type CsvLayout, type CsvSample } from "./csv";
import { sampleCustomCsv } from "./csvCustom";
import { gunzipHead, isGzip, sampleJsonLines } from "./jsonLines";
import { urlOf, type DataObject } from "./listing";
import { isParquet, sampleParquet } from "./parquet";
import type { Schema } from "./types";

export interface Classified {
    readonly object: DataObject;
    /** Objects that it stands for. @default 1 */
    readonly objects?: number;
    readonly format: "csv" | "json" | "parquet";
    /** Of the object as a whole: Parquet, which compresses inside, has none. */
    readonly compression: "none" | "gzip";
    /** CSV only. */
    readonly csv?: CsvLayout;
    readonly schema: Schema;
    /** JSON only: the names of the columns as the data spells them. */
    readonly paths: readonly string[];
    /** Rows of the whole object: counted for Parquet, estimated from the sample for text. */
    readonly records: number;
    /** Lines of the sample that are no rows: not JSON objects, or with another number of columns. */
    readonly malformed: number;
    /** CSV only: are there values in quotes? */
    readonly quoted?: boolean;
}

/** The beginning of an object by which JSON lines and CSV are known and their columns found. */
const sampleBytes = 1024 * 1024;

/**
 * @param custom classifiers of the crawler, which are asked first, in their order
 * @throws naming the object when it is none of the formats that this local AWS classifies
 */
export async function classify(
    s3: S3Client,
    object: DataObject,
    signal: AbortSignal,
    custom: readonly StoredClassifier[],
): Promise<Classified> {
    const head = await readRange(s3, object, 0, Math.min(sampleBytes, object.size), signal);
    if (isParquet(head)) return classifyParquet(s3, object, head, signal);
    const compressed = isGzip(head);
    const complete = head.length === object.size;
    const text = (compressed ? gunzipHead(head) : head).toString("utf8");
    const estimate = (records: number) => (complete ? records : Math.round((records * object.size) / head.length));
    const compression = compressed ? "gzip" : "none";
    const asCsv = ({ layout, schema, records, malformed, quoted }: CsvSample): Classified => {
        const found = { format: "csv", csv: layout, compression, schema, paths: [], malformed, quoted } as const;
        return { object, ...found, records: estimate(records) };
    };
    for (const classifier of custom) {
        const sample = sampleCustomCsv(text, complete, classifier);
        if (sample !== undefined) return asCsv(sample);
    }
    const json = sampleJsonLines(text, complete);
    if (json !== undefined) {
        const { schema, paths, records, malformed } = json;
        return { object, format: "json", compression, schema, paths, records: estimate(records), malformed };
    }
    const csv = sampleCsv(text, complete);
    if (csv !== undefined) return asCsv(csv);
    throw new Error(
        `${urlOf(object)} is neither Parquet, JSON lines nor CSV of two columns and two rows: this local AWS does not ` +
            "classify other formats yet (XML, Avro, ORC, JSON arrays). Exclude the object, or convert it.",
    );
}

async function classifyParquet(
    s3: S3Client,
    object: DataObject,
    head: Buffer,
    signal: AbortSignal,
): Promise<Classified> {
    const slice = async (start: number, end = object.size): Promise<ArrayBuffer> => {
        const bytes = end <= head.length ? head.subarray(start, end) : await readRange(s3, object, start, end, signal);
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    };
    try {
        const { schema, records } = await sampleParquet({ byteLength: object.size, slice });
        return { object, format: "parquet", compression: "none", schema, paths: [], records, malformed: 0 };
    } catch (error) {
        if (signal.aborted) throw error;
        throw new Error(`${urlOf(object)} is not a readable Parquet file: ${(error as Error).message}`);
    }
}

async function readRange(
    s3: S3Client,
    object: DataObject,
    start: number,
    end: number,
    signal: AbortSignal,
): Promise<Buffer> {
    const command = new GetObjectCommand({
        Bucket: object.bucket,
        Key: object.key,
        Range: `bytes=${start}-${Math.max(start, end - 1)}`,
    });
    const answer = await s3.send(command, { abortSignal: signal });
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}
