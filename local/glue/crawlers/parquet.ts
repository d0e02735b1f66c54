/** The Parquet classifier: schema and row count from an object's footer. */
import { parquetMetadataAsync, parquetSchema, type AsyncBuffer, type SchemaElement, type SchemaTree } from "hyparquet";
import { scalar, type InferredType, type Schema } from "./types";

export interface ParquetSample {
    readonly schema: Schema;
    readonly records: number;
}

/** Enough for the footer of most files; the rest of a larger one is fetched. */
const initialFetchSize = 64 * 1024;

export function isParquet(head: Buffer): boolean {
    return head.subarray(0, 4).toString("latin1") === "PAR1";
}

/** @throws when the footer is missing or broken */
export async function sampleParquet(file: AsyncBuffer): Promise<ParquetSample> {
    const metadata = await parquetMetadataAsync(file, { initialFetchSize, geoparquet: false });
    return { schema: fieldsOf(parquetSchema(metadata)), records: Number(metadata.num_rows) };
}

function fieldsOf(group: SchemaTree): Map<string, InferredType> {
    return new Map(group.children.map((child) => [child.element.name.toLowerCase(), typeOf(child)]));
}

/** @see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md */
function typeOf(node: SchemaTree): InferredType {
    const { element, children } = node;
    if (element.repetition_type === "REPEATED") return { kind: "array", item: typeOfNode(node) };
    const annotation = element.logical_type?.type ?? element.converted_type;
    const [repeated] = children;
    if (annotation === "LIST" && repeated) return { kind: "array", item: itemOf(repeated) };
    if ((annotation === "MAP" || annotation === "MAP_KEY_VALUE") && repeated) {
        const [key, value] = repeated.children;
        if (key && value) return { kind: "map", key: typeOf(key), value: typeOf(value) };
    }
    return typeOfNode(node);
}

/** The repeated group of a list holds one element, or is the element itself in files of old writers. */
function itemOf(repeated: SchemaTree): InferredType {
    const [only] = repeated.children;
    return only && repeated.children.length === 1 ? typeOf(only) : typeOfNode(repeated);
}

function typeOfNode(node: SchemaTree): InferredType {
    return node.children.length > 0 ? { kind: "struct", fields: fieldsOf(node) } : scalar(scalarOf(node.element));
}

function scalarOf(element: SchemaElement): string {
    const logical = element.logical_type;
    if (logical?.type === "DECIMAL" || element.converted_type === "DECIMAL") {
        return `decimal(${element.precision ?? 10},${element.scale ?? 0})`;
    }
    if (logical?.type === "TIMESTAMP") return "timestamp";
    const converted = convertedTypes[element.converted_type ?? ""];
    if (converted !== undefined) return converted;
    if (logical?.type === "STRING" || logical?.type === "ENUM" || logical?.type === "JSON") return "string";
    if (logical?.type === "DATE") return "date";
    return physicalTypes[element.type ?? ""] ?? "binary";
}

const convertedTypes: Record<string, string> = {
    UTF8: "string",
    ENUM: "string",
    JSON: "string",
    DATE: "date",
    TIMESTAMP_MILLIS: "timestamp",
    TIMESTAMP_MICROS: "timestamp",
    INT_8: "tinyint",
    INT_16: "smallint",
    UINT_8: "smallint",
    UINT_16: "int",
    UINT_32: "bigint",
    UINT_64: "decimal(20,0)",
};

const physicalTypes: Record<string, string> = {
    BOOLEAN: "boolean",
    INT32: "int",
    INT64: "bigint",
    // Spark's and Impala's timestamp before there were logical types.
    INT96: "timestamp",
    FLOAT: "float",
    DOUBLE: "double",
};
