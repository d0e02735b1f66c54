/** What a statement is to Athena, as far as Athena itself must know; the rest is Trino's. */
import type { TableName } from "./cursor";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
export type StatementType = "DDL" | "DML" | "UTILITY";

/** Where the answer goes: a CSV file, a text file, or nowhere but the table it writes. */
export type ResultKind = "csv" | "txt" | "none";

/** Run by Trino as it stands. */
export interface EngineStatement {
    readonly kind: "engine";
    readonly type: StatementType;
    /** As `SubstatementType` reports it. */
    readonly subtype: string;
    readonly result: ResultKind;
    /** The table whose rows it adds, changes or deletes. */
    readonly target?: TableName;
    /** The view that it makes. */
    readonly view?: TableName;
}

/** `OPTIMIZE` and `VACUUM` of an Iceberg table: run by Trino as the procedures that do the same. */
export interface MaintenanceStatement {
    readonly kind: "maintenance";
    readonly type: "DML";
    readonly subtype: "OPTIMIZE" | "VACUUM";
    readonly result: "txt";
    readonly table: TableName;
    /** The predicate of an OPTIMIZE, as the source has it. */
    readonly where?: string;
}

/** `CREATE TABLE … AS SELECT`: run by Trino with its properties translated. */
export interface CtasStatement {
    readonly kind: "ctas";
    readonly type: "DDL";
    readonly subtype: "CREATE_TABLE_AS_SELECT";
    readonly result: "none";
    readonly table: TableName;
    readonly properties: readonly TableProperty[];
    /** The table's name in the source. */
    readonly name: SourceRange;
    /** The `WITH (…)` in the source; empty and in front of `AS` where there is none. */
    readonly clause: SourceRange;
}

/** `UNLOAD`: run by Trino into a table that is dropped afterwards. */
export interface UnloadStatement {
    readonly kind: "unload";
    readonly type: "DML";
    readonly subtype: "UNLOAD";
    readonly result: "none";
    /** The query between the parentheses. */
    readonly query: SourceRange;
    readonly location: string;
    readonly properties: readonly TableProperty[];
}

/** Half-open. */
export interface SourceRange {
    readonly start: number;
    readonly end: number;
}

export interface TableProperty {
    /** In lower case. */
    readonly name: string;
    /** The value where it is one string. */
    readonly text?: string;
    /** The value as the source has it. */
    readonly source: string;
}

/** Done on the Glue catalog by us. */
export interface CatalogStatement {
    readonly kind: "catalog";
    readonly type: StatementType;
    readonly subtype: string;
    readonly result: "txt";
    readonly action: CatalogAction;
}

/** `PREPARE`, `EXECUTE` and `DEALLOCATE` of the workgroup's prepared statements. */
export interface PreparedStatement {
    readonly kind: "prepared";
    readonly type: StatementType;
    readonly subtype: string;
    readonly result: ResultKind;
    readonly verb: "PREPARE" | "EXECUTE" | "DEALLOCATE";
    readonly name: string;
    /** The statement after `PREPARE name FROM`. */
    readonly body?: string;
    /** The values after `EXECUTE name USING`, as the source has them. */
    readonly using?: string;
}

/** A statement of Athena's that the local Athena does not do; `what` names it. */
export interface RefusedStatement {
    readonly kind: "refused";
    readonly type: StatementType;
    readonly subtype: string;
    readonly result: "txt";
    readonly what: string;
}

export type Statement =
    | EngineStatement
    | MaintenanceStatement
    | CtasStatement
    | UnloadStatement
    | CatalogStatement
    | PreparedStatement
    | RefusedStatement;

export interface HiveColumn {
    readonly name: string;
    /** Glue's spelling: lower case, no blanks. */
    readonly type: string;
    readonly comment?: string;
}

/** `PARTITION (key = value, …)`, as the statement writes it. */
export type PartitionSpec = ReadonlyArray<{ readonly key: string; readonly value: string }>;

/** Where a changed column goes: first, unless it says after which. */
export interface ColumnPosition {
    readonly after?: string;
}

export interface NewTable {
    readonly name: TableName;
    readonly ifNotExists: boolean;
    readonly columns: readonly HiveColumn[];
    readonly partitionKeys: readonly HiveColumn[];
    readonly comment?: string;
    readonly serde?: string;
    readonly serdeParameters: Readonly<Record<string, string>>;
    readonly inputFormat: string;
    readonly outputFormat: string;
    readonly location: string;
    readonly properties: Readonly<Record<string, string>>;
}

/** One of an Iceberg table's `PARTITIONED BY`. */
export interface PartitionTransform {
    readonly column: string;
    /** As Iceberg spells it: `identity`, `day`, `bucket[16]`. */
    readonly transform: string;
}

export interface NewIcebergTable {
    readonly name: TableName;
    readonly ifNotExists: boolean;
    readonly columns: readonly HiveColumn[];
    readonly partitioning: readonly PartitionTransform[];
    readonly location: string;
    /** As the statement has them, the table's type among them. */
    readonly properties: Readonly<Record<string, string>>;
}

/** `ALTER TABLE`, but of its list of partitions. */
export type TableChange =
    | {
          readonly do: "addColumns" | "replaceColumns";
          readonly name: TableName;
          readonly partition?: PartitionSpec;
          readonly columns: readonly HiveColumn[];
      }
    | {
          readonly do: "changeColumn";
          readonly name: TableName;
          readonly from: string;
          readonly column: HiveColumn;
          readonly position?: ColumnPosition;
      }
    | { readonly do: "dropColumn"; readonly name: TableName; readonly column: string }
    | {
          readonly do: "setLocation";
          readonly name: TableName;
          readonly partition?: PartitionSpec;
          readonly location: string;
      }
    | {
          readonly do: "renamePartition";
          readonly name: TableName;
          readonly from: PartitionSpec;
          readonly to: PartitionSpec;
      }
    | {
          readonly do: "setProperties";
          readonly name: TableName;
          readonly properties: Readonly<Record<string, string>>;
      }
    | {
          readonly do: "unsetProperties";
          readonly name: TableName;
          readonly ifExists: boolean;
          readonly properties: readonly string[];
      }
    | { readonly do: "renameTable"; readonly name: TableName; readonly to: TableName };

export type CatalogAction =
    | {
          readonly do: "createDatabase";
          readonly name: string;
          readonly ifNotExists: boolean;
          readonly comment?: string;
          readonly location?: string;
          readonly properties: Readonly<Record<string, string>>;
      }
    | {
          readonly do: "setDatabaseProperties";
          readonly name: string;
          readonly properties: Readonly<Record<string, string>>;
      }
    | { readonly do: "dropDatabase"; readonly name: string; readonly ifExists: boolean; readonly cascade: boolean }
    | { readonly do: "createTable"; readonly table: NewTable }
    | { readonly do: "createIcebergTable"; readonly table: NewIcebergTable }
    | { readonly do: "dropTable"; readonly name: TableName; readonly ifExists: boolean }
    | { readonly do: "repairTable"; readonly name: TableName }
    | {
          readonly do: "addPartitions";
          readonly name: TableName;
          readonly ifNotExists: boolean;
          readonly partitions: ReadonlyArray<{ readonly spec: PartitionSpec; readonly location?: string }>;
      }
    | {
          readonly do: "dropPartitions";
          readonly name: TableName;
          readonly ifExists: boolean;
          readonly partitions: readonly PartitionSpec[];
      }
    | TableChange
    | { readonly do: "showDatabases"; readonly pattern?: string }
    | { readonly do: "showTables"; readonly database?: string; readonly pattern?: string; readonly viewsOnly: boolean }
    | { readonly do: "showColumns"; readonly name: TableName }
    | { readonly do: "showPartitions"; readonly name: TableName }
    | { readonly do: "showProperties"; readonly name: TableName; readonly property?: string }
    | { readonly do: "showCreateTable"; readonly name: TableName }
    | { readonly do: "describe"; readonly name: TableName };
