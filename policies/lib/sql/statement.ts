/** What an Athena statement writes, as far as the rules ask. */

/** The properties of a WITH or TBLPROPERTIES clause by lower-case name; `undefined` is a value that is no literal. */
export type Properties = ReadonlyMap<string, string | readonly string[] | undefined>;

/** `CREATE TABLE … AS SELECT`: https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
export interface Ctas {
    readonly kind: "ctas";
    readonly table: string;
    readonly properties: Properties;
}

/** `UNLOAD (SELECT …) TO …`: https://docs.aws.amazon.com/athena/latest/ug/unload.html */
export interface Unload {
    readonly kind: "unload";
    readonly properties: Properties;
}

/** `INSERT INTO …`: https://docs.aws.amazon.com/athena/latest/ug/insert-into.html */
export interface Insert {
    readonly kind: "insert";
    /** As written, without quotes: `table`, `database.table` or `catalog.database.table`. */
    readonly table: string;
}

/** `CREATE [EXTERNAL] TABLE … (columns)`: https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
export interface CreateTable {
    readonly kind: "create";
    readonly table: string;
    /** Partition keys; of an Iceberg table the transforms, which have no type. */
    readonly partitionKeys: readonly { readonly name: string; readonly type?: string }[];
    /** All that names a format: the word of `STORED AS` in upper case, classes, SerDe. `TEXTFILE` where nothing does, as in Hive. */
    readonly formats: readonly string[];
    readonly buckets?: { readonly columns: readonly string[]; readonly count: number };
    readonly properties: Properties;
}

/** Creates, unloads or inserts, but in words that no grammar here reads. */
export interface Unread {
    readonly kind: "unread";
    readonly problem: string;
}

export type WritingStatement = Ctas | Unload | Insert | CreateTable;
export type Statement = WritingStatement | Unread;

/** A property's text in upper case, as it is to be shown and compared; `undefined` where it is not given. */
export function textProperty(properties: Properties, ...names: readonly string[]): string | undefined {
    const name = names.find((each) => properties.has(each));
    if (name === undefined) {
        return undefined;
    }
    const value = properties.get(name);
    return typeof value === "string" ? value.toUpperCase() : "an expression";
}

/** A property's list of texts; `undefined` where it is not given or no list of literals. */
export function listProperty(properties: Properties, name: string): readonly string[] | undefined {
    const value = properties.get(name);
    return typeof value === "object" ? value : undefined;
}

export function isIcebergStatement({ properties }: Ctas | CreateTable): boolean {
    return textProperty(properties, "table_type") === "ICEBERG";
}
