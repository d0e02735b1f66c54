/** What a dataset is, as a pipeline's arguments say it, and the document from which its job reads that. */
import { qualityEvaluation, type QualityFailure } from "./dataQuality";
import { catalogNamePattern, catalogNameReason, type Faults } from "./faults";
import { stableJson } from "./json";

export const RawFormat = {
    /** JSON lines: one object a line. */
    Json: "json",
    /** RFC 4180 with commas and one header line per file. */
    Csv: "csv",
} as const;
export type RawFormat = (typeof RawFormat)[keyof typeof RawFormat];

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

/** The part of a pipeline's arguments that describes its data. */
export interface DatasetArgs {
    readonly dataset: string;
    readonly description?: string;
    readonly columns: DatasetColumn[];
    readonly partitionKeys: DatasetPartition[];
    readonly businessKey: string[];
    readonly eventTime: string;
    readonly rawFormat?: RawFormat;
    readonly arrivalKey?: string;
    readonly rowRules?: RowRule[];
    readonly qualityRules?: string[];
    readonly onQualityFailure?: QualityFailure;
    readonly targetFileMiB?: number;
}

/** The document that glue-scripts/lakeworks/contract.py reads. */
export function jobContract(args: DatasetArgs): string {
    return stableJson({
        name: args.dataset,
        raw: { format: args.rawFormat ?? RawFormat.Json, arrivalKey: args.arrivalKey ?? "ingest_date" },
        columns: args.columns,
        businessKey: args.businessKey,
        eventTime: args.eventTime,
        partitions: args.partitionKeys,
        rowRules: args.rowRules ?? [],
        quality: qualityEvaluation({ rules: args.qualityRules ?? [], onFailure: args.onQualityFailure }),
        targetFileMiB: args.targetFileMiB ?? 128,
    });
}

/** Types that the job casts to; the catalog knows more. */
const columnType = /^(?:string|int|bigint|double|boolean|date|timestamp|decimal\(\d{1,2},\d{1,2}\))$/;

/** Adds what is wrong with the description of the data. Names of columns and keys, and types of keys, are LakeTable's to check. */
export function checkDataset(args: DatasetArgs, faults: Faults): void {
    faults.unlessMatches("dataset", args.dataset, catalogNamePattern, catalogNameReason);
    faults.unlessOneOf("rawFormat", args.rawFormat, Object.values(RawFormat));
    faults.unlessMatches("arrivalKey", args.arrivalKey, catalogNamePattern, catalogNameReason);
    faults.unlessWhole("targetFileMiB", args.targetFileMiB, 1, 5120, "MiB");
    args.columns.forEach(({ type, source, expression }, index) => {
        if (!columnType.test(type)) {
            faults.add(
                `columns[${index}].type`,
                `"${type}" is none that the job casts to: write string, int, bigint, double, boolean, date, timestamp or decimal(p,s)`,
            );
        }
        if (source !== undefined && expression !== undefined) {
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
}

function checkKeys({ columns, businessKey, eventTime }: DatasetArgs, faults: Faults): void {
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
    const time = required("eventTime", eventTime);
    if (time !== undefined && !["timestamp", "date"].includes(time.type)) {
        faults.add("eventTime", `"${eventTime}" is of type ${time.type}: name a timestamp or a date`);
    }
}
