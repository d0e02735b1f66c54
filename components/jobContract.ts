/** What a dataset is, as a pipeline's arguments say it, and the document from which its job reads that. */
import { qualityEvaluation, type QualityFailure } from "./dataQuality";
import { stableJson } from "./json";
import { TableFormat, type LakeColumn } from "./lakeTable";

export const RawFormat = {
    /** JSON lines: one object a line. */
    Json: "json",
    /** RFC 4180 with one header line per file. */
    Csv: "csv",
    /** An element per record, named by `rowTag`. */
    Xml: "xml",
    /** Apache Parquet: a row is a record. */
    Parquet: "parquet",
} as const;
export type RawFormat = (typeof RawFormat)[keyof typeof RawFormat];

/** What becomes of fields that no column reads. */
export const SchemaChange = {
    /** They are told in the run's report. */
    Ignore: "ignore",
    /** They fail the run before it publishes; so does a header, or a schema of Parquet, that lacks a column. */
    Fail: "fail",
    /** They are kept in the column `extra_fields`, as the JSON text of one object. */
    Append: "append",
} as const;
export type SchemaChange = (typeof SchemaChange)[keyof typeof SchemaChange];

export interface DatasetColumn {
    /** Name in the silver table. */
    name: string;
    /** `string`, `int`, `bigint`, `double`, `boolean`, `date`, `timestamp` or `decimal(p,s)`: the job casts to it. */
    type: string;
    /** What the column means. @default none */
    comment?: string;
    /** May the value be missing? Rows without it are quarantined otherwise. @default false */
    nullable?: boolean;
    /** Field of the raw records. @default the column's name */
    source?: string;
    /** Other names that the field has, or has had; looked at in their order where `source` has no value. @default none */
    otherSources?: string[];
    /** Spark SQL over the other columns; the column is computed, not read. @default it is read */
    expression?: string;
}

export interface DatasetPartition {
    /** Name of the partition key. */
    name: string;
    /** `int`, `bigint` or `date`. */
    type: string;
    /** Spark SQL over the columns: `year(ordered_at)`. */
    expression: string;
}

export interface RowRule {
    /** Reason that quarantined rows carry. */
    name: string;
    /** Spark SQL that is true for a good row. */
    condition: string;
}

/** An aggregate of the silver table. The job rewrites the partitions whose silver has changed, and no other. */
export interface GoldTable {
    /** Name of the table. */
    name: string;
    /** What a row is. @default none */
    description?: string;
    /** Columns without the partition keys. */
    columns: LakeColumn[];
    /** Names of those of the silver table's partition keys by which this table is partitioned as well. */
    partitionKeys: string[];
    /** Spark SQL over the view `silver`, grouped by the partition keys; it gives exactly the columns and the keys. */
    sql: string;
}

/** The part of a pipeline's arguments that describes its data. */
export interface DatasetArgs {
    readonly dataset: string;
    readonly description?: string;
    readonly columns: DatasetColumn[];
    readonly partitionKeys: DatasetPartition[];
    readonly businessKey: string[];
    readonly eventTime: string;
    readonly rawFormat?: RawFormat;
    readonly separator?: string;
    readonly rowTag?: string;
    readonly arrivalKey?: string;
    readonly schemaChange?: SchemaChange;
    readonly duplicatesWithinDays?: number;
    readonly sortBy?: string[];
    readonly rowRules?: RowRule[];
    readonly maxQuarantinedShare?: number;
    readonly qualityRules?: string[];
    readonly onQualityFailure?: QualityFailure;
    readonly targetFileMiB?: number;
    readonly tableFormat?: TableFormat;
    readonly gold?: GoldTable[];
}

/** The document that glue-scripts/lakeworks/contract.py reads. */
export function jobContract(args: DatasetArgs): string {
    return stableJson({
        name: args.dataset,
        raw: {
            format: args.rawFormat ?? RawFormat.Json,
            arrivalKey: args.arrivalKey ?? "ingest_date",
            separator: args.separator,
            rowTag: args.rowTag,
        },
        columns: args.columns.map(contractColumn),
        businessKey: args.businessKey,
        eventTime: args.eventTime,
        partitions: args.partitionKeys,
        rowRules: args.rowRules ?? [],
        schemaChange: args.schemaChange ?? SchemaChange.Ignore,
        duplicates: { withinDays: args.duplicatesWithinDays },
        sortBy: args.sortBy,
        quarantine: { maxShare: args.maxQuarantinedShare ?? 0.5 },
        quality: qualityEvaluation({ rules: args.qualityRules ?? [], onFailure: args.onQualityFailure }),
        targetFileMiB: args.targetFileMiB ?? 128,
        tableFormat: args.tableFormat === TableFormat.Iceberg ? "iceberg" : "parquet",
        gold: args.gold?.map(({ name, columns, partitionKeys, sql }) => ({ name, columns, partitionKeys, sql })),
    });
}

function contractColumn({ otherSources = [], ...column }: DatasetColumn) {
    return otherSources.length === 0 ? column : { ...column, source: [column.source ?? column.name, ...otherSources] };
}

/** Namespace of the metrics that the job puts, by the dimension `Dataset`: glue-scripts/lakeworks/metrics.py. */
export const jobMetricNamespace = "Lakeworks";
