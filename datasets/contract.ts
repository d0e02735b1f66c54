/**
 * The dataset contract: the single source for the catalog table, the job's arguments, the quality rules and the
 * documentation of one dataset. Its queries describe themselves (query.ts).
 */

/** Types a silver column can have; the Glue job casts to them, the catalog and Athena show them. */
export type ColumnType =
    "string" | "int" | "bigint" | "double" | "boolean" | "date" | "timestamp" | `decimal(${number},${number})`;

export interface Column {
    readonly name: string;
    readonly type: ColumnType;
    /** May the value be missing? A row that lacks a required value is quarantined. @default false */
    readonly nullable?: boolean;
    readonly description: string;
    /**
     * Name of the field in the raw records, of a CSV column in the header, where it is not the column's own. Several are
     * names that the field has had: the first that has a value counts. @default name
     */
    readonly source?: string | readonly string[];
    /**
     * Spark SQL over the other columns: the column is computed by the job and not read from the source.
     * Where the source carries a value of this name as well, the computed one wins.
     */
    readonly expression?: string;
}

export interface PartitionColumn {
    readonly name: string;
    /** Integer keys: a string key breaks pruning by number (`year = 2024` is a TYPE_MISMATCH in Athena). */
    readonly type: "int" | "date";
    /** Spark SQL over the columns, e.g. `year(event_time)`. */
    readonly expression: string;
}

/** A condition that every silver row meets; rows that do not are quarantined with `name` as the reason. */
export interface RowRule {
    readonly name: string;
    /** Spark SQL that is true for a good row. */
    readonly condition: string;
}

/**
 * An aggregate of silver, a table for dashboards. The job computes its partitions anew where silver has changed below
 * them. Its SQL is `gold/<name>.sql`, Spark SQL over the view `silver`, grouped by the partition keys.
 */
export interface GoldTable {
    /** Lower snake case; the table's name and the file's. */
    readonly name: string;
    readonly description: string;
    /** Columns without the partition keys; the SQL gives exactly these and the keys. */
    readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly description: string }[];
    /** Those of silver's partition columns by which this table is partitioned as well. */
    readonly partitionKeys: readonly string[];
}

export interface DatasetContract {
    /** Lower snake case: table name, prefix in every zone, part of every resource's name. */
    readonly name: string;
    readonly description: string;
    readonly raw: {
        /**
         * `json`: JSON lines, one object a line. `csv`: RFC 4180 with a header line in each file, by whose names the
         * columns are found. `xml`: an element per record. `parquet`: a row per record. Files may be compressed by gzip, zstd or
         * bzip2.
         */
        readonly format: "json" | "csv" | "xml" | "parquet";
        /** Between the fields of CSV. @default a comma */
        readonly separator?: string;
        /** Element of one record of XML, without its namespace. @default none: XML needs it */
        readonly rowTag?: string;
        /** Folder key of the arrival layout, `<key>=YYYY-MM-DD/`: by arrival, so that it never collides with event-time partitions. */
        readonly arrivalKey: string;
    };
    readonly columns: readonly Column[];
    /** Columns that identify a row; of rows that share them one is kept. */
    readonly businessKey: readonly string[];
    readonly eventTime: string;
    readonly partitions: readonly PartitionColumn[];
    readonly rowRules: readonly RowRule[];
    /**
     * What becomes of fields that no column reads: `ignore` tells of them in the run's report, `fail` fails the run before
     * it publishes, `append` keeps them in the column `extra_fields` as JSON. @default ignore
     */
    readonly schemaChange?: "ignore" | "fail" | "append";
    /** How many days around a row's own its key is looked for in other partitions. @default all, where the keys' ranges overlap */
    readonly duplicates?: { readonly withinDays?: number };
    /** Columns by which the rows of a file are sorted: those that queries filter on. @default the event time, then the business key */
    readonly sortBy?: readonly string[];
    /** Share of a run's records, from 0 to 1, above which the run fails instead of quarantining them. @default 0.5 */
    readonly quarantine?: { readonly maxShare: number };
    /** DQDL rules over the silver rows of a run: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html */
    readonly quality: { readonly rules: readonly string[]; readonly onFailure: "fail" | "warn" };
    /** Size towards which silver files are written, in MiB. */
    readonly targetFileMiB: number;
    /** How old the newest silver row may be, in hours. */
    readonly freshnessHours: number;
    /** How silver's files become a table; `iceberg` where a run of many partitions must become visible at once. @default parquet */
    readonly tableFormat?: "parquet" | "iceberg";
    /** Aggregates that the job keeps up to date. @default none */
    readonly gold?: readonly GoldTable[];
}
