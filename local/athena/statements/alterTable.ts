/** `ALTER TABLE`: https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html and querying-iceberg-managing-tables.html */
import type { Cursor, TableName } from "./cursor";
import { parseColumns, parseProperties, parseType } from "./hiveTable";
import type { CatalogAction, CatalogStatement, ColumnPosition, PartitionSpec } from "./types";

export function parseAlterTable(cursor: Cursor): CatalogStatement {
    cursor.expect("ALTER");
    if (!cursor.accept("TABLE")) throw cursor.fault("'DATABASE', 'SCHEMA', 'TABLE'");
    const name = cursor.tableName();
    const partition = cursor.at("PARTITION") ? parseSpec(cursor) : undefined;
    if (cursor.accept("ADD", "COLUMNS")) {
        return ddl(cursor, "ADD_COLUMNS", { do: "addColumns", name, partition, columns: parseColumns(cursor) });
    }
    if (cursor.accept("REPLACE", "COLUMNS")) {
        return ddl(cursor, "REPLACE_COLUMNS", { do: "replaceColumns", name, partition, columns: parseColumns(cursor) });
    }
    if (cursor.accept("SET", "LOCATION")) {
        return ddl(cursor, "SET_LOCATION", { do: "setLocation", name, partition, location: cursor.text() });
    }
    if (partition !== undefined) return parseRenamePartition(cursor, name, partition);
    if (cursor.at("ADD", "PARTITION") || cursor.at("ADD", "IF")) return parseAddPartitions(cursor, name);
    if (cursor.at("DROP", "PARTITION") || cursor.at("DROP", "IF")) return parseDropPartitions(cursor, name);
    if (cursor.accept("DROP", "COLUMN")) {
        return ddl(cursor, "DROP_COLUMN", { do: "dropColumn", name, column: cursor.identifier() });
    }
    if (cursor.accept("CHANGE")) return parseChangeColumn(cursor, name);
    if (cursor.accept("SET", "TBLPROPERTIES")) {
        return ddl(cursor, "SET_TBLPROPERTIES", { do: "setProperties", name, properties: parseProperties(cursor) });
    }
    if (cursor.accept("UNSET", "TBLPROPERTIES")) {
        const ifExists = cursor.accept("IF", "EXISTS");
        const properties = parseNames(cursor);
        return ddl(cursor, "UNSET_TBLPROPERTIES", { do: "unsetProperties", name, ifExists, properties });
    }
    if (cursor.accept("RENAME", "TO"))
        return ddl(cursor, "RENAME", { do: "renameTable", name, to: cursor.tableName() });
    throw cursor.fault("'ADD', 'CHANGE', 'DROP', 'PARTITION', 'RENAME', 'REPLACE', 'SET', 'UNSET'");
}

function parseAddPartitions(cursor: Cursor, name: TableName): CatalogStatement {
    cursor.expect("ADD");
    const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    const partitions: { spec: PartitionSpec; location?: string }[] = [];
    do {
        const spec = parseSpec(cursor);
        partitions.push({ spec, location: cursor.accept("LOCATION") ? cursor.text() : undefined });
    } while (cursor.at("PARTITION"));
    return ddl(cursor, "ADD_PARTITION", { do: "addPartitions", name, ifNotExists, partitions });
}

function parseDropPartitions(cursor: Cursor, name: TableName): CatalogStatement {
    cursor.expect("DROP");
    const ifExists = cursor.accept("IF", "EXISTS");
    const partitions = [parseSpec(cursor)];
    while (cursor.accept(",")) partitions.push(parseSpec(cursor));
    return ddl(cursor, "DROP_PARTITION", { do: "dropPartitions", name, ifExists, partitions });
}

function parseRenamePartition(cursor: Cursor, name: TableName, from: PartitionSpec): CatalogStatement {
    cursor.expect("RENAME", "TO");
    return ddl(cursor, "RENAME_PARTITION", { do: "renamePartition", name, from, to: parseSpec(cursor) });
}

/** `[COLUMN] old new type [COMMENT text] [FIRST | AFTER column]` */
function parseChangeColumn(cursor: Cursor, name: TableName): CatalogStatement {
    cursor.accept("COLUMN");
    const from = cursor.identifier();
    const column = {
        name: cursor.identifier(),
        type: parseType(cursor),
        comment: cursor.accept("COMMENT") ? cursor.text() : undefined,
    };
    let position: ColumnPosition | undefined;
    if (cursor.accept("FIRST")) position = {};
    else if (cursor.accept("AFTER")) position = { after: cursor.identifier() };
    return ddl(cursor, "CHANGE_COLUMN", { do: "changeColumn", name, from, column, position });
}

/** `PARTITION (key = value, …)` */
function parseSpec(cursor: Cursor): PartitionSpec {
    const spec: { key: string; value: string }[] = [];
    cursor.expect("PARTITION", "(");
    do {
        const key = cursor.identifier();
        cursor.expect("=");
        const sign = cursor.accept("-") ? "-" : "";
        const { kind, value } = cursor.token;
        if (kind !== "string" && kind !== "quoted" && kind !== "number") throw cursor.fault("<string>, <number>");
        cursor.next();
        spec.push({ key, value: sign + value });
    } while (cursor.accept(","));
    cursor.expect(")");
    return spec;
}

/** `('name', …)` */
function parseNames(cursor: Cursor): string[] {
    cursor.expect("(");
    const names = [cursor.text()];
    while (cursor.accept(",")) names.push(cursor.text());
    cursor.expect(")");
    return names;
}

/** An `ALTER TABLE`, which ends after what `action` was read from. */
function ddl(cursor: Cursor, what: string, action: CatalogAction): CatalogStatement {
    cursor.finish();
    return { kind: "catalog", type: "DDL", subtype: `ALTER_TABLE_${what}`, result: "txt", action };
}
