/**
 * The dataset contract: the single source for the catalog table, the job's arguments, the quality rules,
 * the queries and the documentation of one dataset.
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
    /** Name of the field in the raw records, of a CSV column in the header, where it is not the column's own. @default name */
    readonly source?: string;
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

export interface Query {
    /** Kebab case; also the named query's name and the file's, `queries/<name>.sql`. */
    readonly name: string;
    readonly title: string;
    /** `ctas` replaces the table it creates; `view` replaces the view; `select` answers a question. */
    readonly kind: "select" | "view" | "ctas";
    /** The table that a `ctas` makes anew on each run, or the view that a `view` replaces. */
    readonly creates?: string;
}

export interface DatasetContract {
    /** Lower snake case: table name, prefix in every zone, part of every resource's name. */
    readonly name: string;
    readonly description: string;
    readonly raw: {
        /**
         * `json`: JSON lines, one object a line. `csv`: RFC 4180 with commas and a header line in each file, by whose
         * names the columns are found; a field of several lines is quarantined.
         */
        readonly format: "json" | "csv";
        /** Folder key of the arrival layout, `<key>=YYYY-MM-DD/`: by arrival, so that it never collides with event-time partitions. */
        readonly arrivalKey: string;
    };
    readonly columns: readonly Column[];
    /** Columns that identify a row; of rows that share them one is kept. */
    readonly businessKey: readonly string[];
    readonly eventTime: string;
    readonly partitions: readonly PartitionColumn[];
    readonly rowRules: readonly RowRule[];
    /** DQDL rules over the silver rows of a run: https://docs.aws.amazon.com/glue/latest/dg/dqdl.html */
    readonly quality: { readonly rules: readonly string[]; readonly onFailure: "fail" | "warn" };
    /** Size towards which silver files are written, in MiB. */
    readonly targetFileMiB: number;
    /** How old the newest silver row may be, in hours. */
    readonly freshnessHours: number;
    readonly queries: readonly Query[];
}
