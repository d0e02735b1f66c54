/** What a crawler writes into the catalog for the files that it found: formats, SerDe, statistics. */
import type { Column, StorageDescriptor } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";
import type { Classified } from "./classify";
import { hiveType, type Schema } from "./types";

export type Descriptor = Wire<StorageDescriptor>;

interface Format {
    readonly inputFormat: string;
    readonly outputFormat: string;
    readonly library: string;
}

const formats: Record<Classified["format"], Format> = {
    csv: {
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
    },
    json: {
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        library: "org.openx.data.jsonserde.JsonSerDe",
    },
    grok: {
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        library: "com.amazonaws.glue.serde.GrokSerDe",
    },
    // Glue's own jobs read XML, by the row tag. There is no SerDe of it, and Athena can't.
    xml: { inputFormat: "", outputFormat: "", library: "" },
    parquet: {
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        library: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    },
};

/** @param files at least one, all of one format and compression */
export function descriptorOf(files: readonly Classified[], schema: Schema, location: string): Descriptor {
    const [first] = files as [Classified, ...Classified[]];
    const format = formats[first.format];
    return {
        Columns: columnsOf(schema),
        Location: location,
        InputFormat: format.inputFormat,
        OutputFormat: format.outputFormat,
        Compressed: first.compression !== "none",
        NumberOfBuckets: -1,
        SerdeInfo: { SerializationLibrary: libraryOf(first, format), Parameters: serdeParameters(files) },
        BucketColumns: [],
        SortColumns: [],
        Parameters: statisticsOf(files),
        StoredAsSubDirectories: false,
    };
}

function libraryOf({ csv }: Classified, { library }: Format): string {
    return csv?.openCsvQuote === undefined ? library : "org.apache.hadoop.hive.serde2.OpenCSVSerde";
}

/** What the table's parameter of this name says: a custom classifier's own word for the format, or the format. */
export function classificationOf({ classification, format }: Classified): string {
    return classification ?? format;
}

export function columnsOf(schema: Schema): Wire<Column>[] {
    return [...schema].map(([name, type]) => ({ Name: name, Type: hiveType(type) }));
}

/** The parameters that a crawler sets, all of them text. */
export function statisticsOf(files: readonly Classified[]): Record<string, string> {
    const [first] = files as [Classified, ...Classified[]];
    const size = files.reduce((sum, file) => sum + file.object.size, 0);
    const records = files.reduce((sum, file) => sum + file.records, 0);
    return {
        CrawlerSchemaDeserializerVersion: "1.0",
        CrawlerSchemaSerializerVersion: "1.0",
        averageRecordSize: String(records === 0 ? 0 : Math.max(1, Math.round(size / records))),
        classification: classificationOf(first),
        compressionType: first.compression,
        objectCount: String(files.reduce((sum, file) => sum + (file.objects ?? 1), 0)),
        recordCount: String(records),
        sizeKey: String(size),
        typeOfData: "file",
        ...csvParameters(first),
        ...first.parameters,
    };
}

/** With LazySimpleSerDe the values of quoted columns keep their quotes: that is what it does, on AWS as well. */
function csvParameters({ csv }: Classified): Record<string, string> {
    if (csv === undefined) return {};
    const shown = {
        areColumnsQuoted: String(csv.openCsvQuote !== undefined),
        columnsOrdered: "true",
        delimiter: csv.delimiter,
    };
    return csv.header ? { ...shown, "skip.header.line.count": "1" } : shown;
}

function serdeParameters(files: readonly Classified[]): Record<string, string> {
    const [first] = files;
    if (first?.format === "parquet") return { "serialization.format": "1" };
    if (first?.format === "xml") return { ...first.parameters };
    if (first?.format === "grok") {
        const { grokPattern = "", grokCustomPatterns } = first.parameters ?? {};
        return {
            "input.format": grokPattern,
            ...(grokCustomPatterns === undefined ? {} : { "input.grokCustomPatterns": grokCustomPatterns }),
        };
    }
    if (first?.csv?.openCsvQuote !== undefined) {
        return { separatorChar: first.csv.delimiter, quoteChar: first.csv.openCsvQuote };
    }
    if (first?.csv !== undefined) return { "field.delim": first.csv.delimiter };
    const paths = new Set(files.flatMap((file) => file.paths));
    return { paths: [...paths].sort().join(",") };
}
