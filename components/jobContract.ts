/** What a dataset is, as a pipeline's arguments say it, and the document from which its job reads that. */
import { qualityEvaluation, type QualityFailure } from "./dataQuality";
import { catalogNamePattern, catalogNameReason, type Faults } from "./faults";
import { stableJson } from "./json";
import { TableFormat, type LakeColumn } from "./lakeTable";

export const RawFormat = {
    /** JSON lines: one object a line. */
    Json: "json",
    /** RFC 4180 with one header line per file. */
    Csv: "csv",
    /** An element per record, named by `rowTag`. */
    Xml: "xml",
} as const;
export type RawFormat = (typeof RawFormat)[keyof typeof RawFormat];

/** What becomes of fields that no column reads. */
export const SchemaChange = {
    /** They are told in the run's report. */
    Ignore: "ignore",
    /** They fail the run before it publishes; so does a header that lacks a column. */
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

/** Types that the job casts to; the catalog knows more. */
const columnType = /^(?:string|int|bigint|double|boolean|date|timestamp|decimal\(\d{1,2},\d{1,2}\))$/;

/** Adds what is wrong with the description of the data. Names of columns and keys, and types of keys, are LakeTable's to check. */
export function checkDataset(args: DatasetArgs, faults: Faults): void {
    faults.unlessMatches("dataset", args.dataset, catalogNamePattern, catalogNameReason);
    faults.unlessOneOf("rawFormat", args.rawFormat, Object.values(RawFormat));
    faults.unlessMatches("arrivalKey", args.arrivalKey, catalogNamePattern, catalogNameReason);
    faults.unlessWhole("targetFileMiB", args.targetFileMiB, 1, 5120, "MiB");
    faults.unlessOneOf("schemaChange", args.schemaChange, Object.values(SchemaChange));
    faults.unlessOneOf("tableFormat", args.tableFormat, Object.values(TableFormat));
    faults.unlessWhole("duplicatesWithinDays", args.duplicatesWithinDays, 0, 36_500, "days");
    checkRaw(args, faults);
    checkShare(args, faults);
    args.columns.forEach(({ type, source, otherSources, expression }, index) => {
        if (!columnType.test(type)) {
            faults.add(
                `columns[${index}].type`,
                `"${type}" is none that the job casts to: write string, int, bigint, double, boolean, date, timestamp or decimal(p,s)`,
            );
        }
        if ((source ?? otherSources) !== undefined && expression !== undefined) {
            faults.add(`columns[${index}]`, "is read from source or computed by expression: leave one of them out");
        }
    });
    args.partitionKeys.forEach(({ expression }, index) => {
        if ((expression ?? "").trim() === "") {
            faults.add(
                `partitionKeys[${index}].expression`,
                "is empty: write Spark SQL over the columns, year(ordered_at)",
            );
        }
    });
    checkKeys(args, faults);
    checkGold(args, faults);
}

function checkRaw({ rawFormat, separator, rowTag }: DatasetArgs, faults: Faults): void {
    if (separator !== undefined && (rawFormat !== RawFormat.Csv || !/^[^"\r\n\w\s]$|^\t$/.test(separator))) {
        faults.add("separator", `"${separator}" must be one character between the fields of CSV: , ; | or a tab`);
    }
    if (rawFormat === RawFormat.Xml && !/^[A-Za-z_][\w.-]*$/.test(rowTag ?? "")) {
        faults.add("rowTag", `"${rowTag ?? ""}" must name the element of one record, without its namespace: order`);
    }
    if (rawFormat !== RawFormat.Xml && rowTag !== undefined) {
        faults.add("rowTag", "is for XML: set rawFormat to RawFormat.Xml, or leave it out");
    }
}

function checkShare({ maxQuarantinedShare: share }: DatasetArgs, faults: Faults): void {
    if (share !== undefined && !(share >= 0 && share <= 1)) {
        faults.add("maxQuarantinedShare", `${share} must be a share from 0 to 1: 0.05 for five of a hundred records`);
    }
}

function checkGold({ dataset, partitionKeys, gold = [] }: DatasetArgs, faults: Faults): void {
    const keys = partitionKeys.map(({ name }) => name);
    const taken = new Set([dataset, `${dataset}_quarantine`, `${dataset}_quality`]);
    gold.forEach((table, index) => {
        const path = `gold[${index}]`;
        if (taken.has(table.name)) {
            faults.add(`${path}.name`, `"${table.name}" is another table of the dataset: name it otherwise`);
        }
        taken.add(table.name);
        if (table.sql.trim() === "") {
            faults.add(`${path}.sql`, "is empty: write Spark SQL over the view silver, grouped by the partition keys");
        }
        table.partitionKeys.forEach((key, place) => {
            if (!keys.includes(key)) {
                faults.add(
                    `${path}.partitionKeys[${place}]`,
                    `"${key}" is no partition key of the silver table: name one or more of ${keys.join(", ")}`,
                );
            }
        });
    });
}

function checkKeys({ columns, businessKey, eventTime, sortBy }: DatasetArgs, faults: Faults): void {
    const names = columns.map(({ name }) => name).join(", ");
    const required = (path: string, name: string) => {
        const column = columns.find((each) => each.name === name);
        if (column === undefined) {
            faults.add(path, `"${name}" is no column: name one of ${names}`);
        } else if (column.nullable === true) {
            faults.add(path, `"${name}" is nullable: every row needs it`);
        }
        return column;
    };
    if (businessKey.length === 0) {
        faults.add("businessKey", `is empty: name the columns that identify a row, of ${names}`);
    }
    businessKey.forEach((name, index) => required(`businessKey[${index}]`, name));
    sortBy?.forEach((name, index) => {
        if (!columns.some((each) => each.name === name)) {
            faults.add(`sortBy[${index}]`, `"${name}" is no column: name one of ${names}`);
        }
    });
    const time = required("eventTime", eventTime);
    if (time !== undefined && !["timestamp", "date"].includes(time.type)) {
        faults.add("eventTime", `"${eventTime}" is of type ${time.type}: name a timestamp or a date`);
    }
}
