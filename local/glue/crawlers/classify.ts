/** What an object is: its format, compression and schema, from as few bytes as tell. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { StoredClassifier } from "../classifiers";
import { sampleCsv, type CsvLayout } from "./csv";
import { gunzipHead, isGzip } from "./gzip";
import { mayBeDocument, sampleJsonDocument, sampleJsonLines } from "./json";
import { urlOf, type DataObject } from "./listing";
import { isParquet, sampleParquet } from "./parquet";
import { csvFound, jsonFound, sampleCustom, xmlFound, type Found } from "./samples";
import type { Schema } from "./types";
import { sampleXml } from "./xml";

export interface Classified {
    readonly object: DataObject;
    /** Objects that it stands for. @default 1 */
    readonly objects?: number;
    readonly format: "csv" | "json" | "parquet" | "xml" | "grok";
    /** What a custom classifier calls the format. @default the format */
    readonly classification?: string;
    /** Of the object as a whole: Parquet, which compresses inside, has none. */
    readonly compression: "none" | "gzip";
    /** CSV only. */
    readonly csv?: CsvLayout;
    readonly schema: Schema;
    /** JSON only: the names of the columns as the data spells them. */
    readonly paths: readonly string[];
    /** What the table's readers have to know of a custom classifier, and of XML: `jsonPath`, `rowTag`, `grokPattern`. */
    readonly parameters?: Readonly<Record<string, string>>;
    /** Rows of the whole object: counted for Parquet, estimated from the sample for text. */
    readonly records: number;
    /** Lines of the sample that are no rows: not JSON objects, or with another number of columns. */
    readonly malformed: number;
    /** CSV only: are there values in quotes? */
    readonly quoted?: boolean;
}

/** The beginning of an object by which formats of text are known and their columns found. */
const sampleBytes = 1024 * 1024;
/** A JSON document is read as a whole, unless it is larger. */
const mostDocumentBytes = 64 * 1024 * 1024;

/** The beginning of a text, or all of it. */
export interface Text {
    readonly text: string;
    /** Does it end where the object ends? If not, its last line may be cut. */
    readonly complete: boolean;
    /** Of the object's bytes. */
    readonly share: number;
    /** All of it, where that is not too much. */
    readonly whole: () => Promise<string | undefined>;
}

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
    const textOf = (bytes: Buffer): Text => {
        const { data, used } = compressed ? gunzipHead(bytes) : { data: bytes, used: bytes.length };
        const complete = used === object.size;
        const text = data.toString("utf8");
        return { text, complete, share: used / object.size, whole: async () => (complete ? text : restOf(bytes)) };
    };
    const restOf = async (bytes: Buffer): Promise<string | undefined> => {
        if (bytes.length === object.size || object.size > mostDocumentBytes) return undefined;
        const all = textOf(await readRange(s3, object, 0, object.size, signal));
        return all.complete ? all.text : undefined;
    };
    const sample = textOf(head);
    const found = (await sampleAny(sample, custom)) ?? failed(object);
    const { counted = false, records, ...rest } = found;
    const all = counted ? records : Math.round(records / sample.share);
    return { object, compression: compressed ? "gzip" : "none", ...rest, records: all };
}

/** By the custom classifiers, then by those of AWS, in its order. */
async function sampleAny(sample: Text, custom: readonly StoredClassifier[]): Promise<Found | undefined> {
    for (const classifier of custom) {
        const found = await sampleCustom(sample, classifier);
        if (found !== undefined) return found;
    }
    const { text, complete } = sample;
    const lines = sampleJsonLines(text, complete);
    if (lines !== undefined) return jsonFound(lines);
    if (mayBeDocument(text)) {
        const document = sampleJsonDocument((await sample.whole()) ?? "");
        if (document !== undefined) return { ...jsonFound(document), counted: true };
    }
    const xml = sampleXml(text);
    if (xml !== undefined) return xmlFound(xml);
    const csv = sampleCsv(text, complete);
    return csv === undefined ? undefined : csvFound(csv);
}

function failed(object: DataObject): never {
    throw new Error(
        `${urlOf(object)} is neither Parquet, JSON (lines, or one document of at most 64 MiB), XML with rows nor CSV of two columns and two rows: ` +
            "this local AWS does not classify other formats yet (Avro, ORC). Exclude the object, convert it, or give the crawler a custom classifier.",
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
