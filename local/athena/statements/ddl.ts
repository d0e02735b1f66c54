/** Athena's other statements on the catalog: https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html */
import type { Cursor } from "./cursor";
import { parseProperties } from "./hiveTable";
import type { CatalogAction, CatalogStatement, RefusedStatement } from "./types";

export function parseCreateDatabase(cursor: Cursor): CatalogStatement {
    cursor.expect("CREATE");
    cursor.next();
    const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    const name = cursor.identifier();
    const comment = cursor.accept("COMMENT") ? cursor.text() : undefined;
    const location = cursor.accept("LOCATION") ? cursor.text() : undefined;
    const properties = cursor.accept("WITH", "DBPROPERTIES") ? parseProperties(cursor) : {};
    cursor.finish();
    return ddl("CREATE_DATABASE", { do: "createDatabase", name, ifNotExists, comment, location, properties });
}

export function parseAlterDatabase(cursor: Cursor): CatalogStatement {
    cursor.expect("ALTER");
    cursor.next();
    const name = cursor.identifier();
    cursor.expect("SET", "DBPROPERTIES");
    const properties = parseProperties(cursor);
    cursor.finish();
    return ddl("ALTER_DATABASE_SET_DBPROPERTIES", { do: "setDatabaseProperties", name, properties });
}

export function parseDrop(cursor: Cursor): CatalogStatement {
    cursor.expect("DROP");
    if (cursor.accept("TABLE")) {
        const ifExists = cursor.accept("IF", "EXISTS");
        const name = cursor.tableName();
        cursor.finish();
        return ddl("DROP_TABLE", { do: "dropTable", name, ifExists });
    }
    if (!cursor.accept("DATABASE") && !cursor.accept("SCHEMA"))
        throw cursor.fault("'DATABASE', 'SCHEMA', 'TABLE', 'VIEW'");
    const ifExists = cursor.accept("IF", "EXISTS");
    const name = cursor.identifier();
    const cascade = cursor.accept("CASCADE");
    if (!cascade) cursor.accept("RESTRICT");
    cursor.finish();
    return ddl("DROP_DATABASE", { do: "dropDatabase", name, ifExists, cascade });
}

export function parseRepair(cursor: Cursor): CatalogStatement {
    cursor.expect("MSCK", "REPAIR", "TABLE");
    const name = cursor.tableName();
    cursor.finish();
    return ddl("MSCK_REPAIR_TABLE", { do: "repairTable", name });
}

export function parseShow(cursor: Cursor): CatalogStatement {
    cursor.expect("SHOW");
    if (cursor.accept("DATABASES") || cursor.accept("SCHEMAS")) {
        cursor.accept("LIKE");
        return show(cursor, "SHOW_DATABASES", { do: "showDatabases", pattern: optionalText(cursor) });
    }
    if (cursor.at("TABLES") || cursor.at("VIEWS")) {
        const viewsOnly = cursor.next().value.toUpperCase() === "VIEWS";
        const database = cursor.accept("IN") || cursor.accept("FROM") ? cursor.identifier() : undefined;
        cursor.accept("LIKE");
        const pattern = optionalText(cursor);
        return show(cursor, viewsOnly ? "SHOW_VIEWS" : "SHOW_TABLES", {
            do: "showTables",
            database,
            pattern,
            viewsOnly,
        });
    }
    if (cursor.accept("COLUMNS")) {
        if (!cursor.accept("IN")) cursor.expect("FROM");
        const name = cursor.tableName();
        const database = cursor.accept("IN") || cursor.accept("FROM") ? cursor.identifier() : name.database;
        return show(cursor, "SHOW_COLUMNS", { do: "showColumns", name: { ...name, database } });
    }
    if (cursor.accept("PARTITIONS")) {
        const name = cursor.tableName();
        return show(cursor, "SHOW_PARTITIONS", { do: "showPartitions", name });
    }
    if (cursor.accept("TBLPROPERTIES")) {
        const name = cursor.tableName();
        const property = cursor.accept("(") ? cursor.text() : undefined;
        if (property !== undefined) cursor.expect(")");
        return show(cursor, "SHOW_TBLPROPERTIES", { do: "showProperties", name, property });
    }
    if (cursor.accept("CREATE", "TABLE")) {
        const name = cursor.tableName();
        return show(cursor, "SHOW_CREATE_TABLE", { do: "showCreateTable", name });
    }
    throw cursor.fault(
        "'COLUMNS', 'CREATE', 'DATABASES', 'FUNCTIONS', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'",
    );
}

export function parseDescribe(cursor: Cursor): CatalogStatement | RefusedStatement {
    cursor.next();
    if (cursor.at("EXTENDED") || cursor.at("FORMATTED")) {
        const what = `DESCRIBE ${cursor.token.value.toUpperCase()}`;
        return { kind: "refused", type: "UTILITY", subtype: "DESCRIBE_TABLE", result: "txt", what };
    }
    const name = cursor.tableName();
    return show(cursor, "DESCRIBE_TABLE", { do: "describe", name });
}

function optionalText(cursor: Cursor): string | undefined {
    return cursor.token.kind === "string" ? cursor.text() : undefined;
}

/** A `SHOW` or `DESCRIBE`, which ends after what `action` was read from. */
function show(cursor: Cursor, subtype: string, action: CatalogAction): CatalogStatement {
    cursor.finish();
    return { kind: "catalog", type: "UTILITY", subtype, result: "txt", action };
}

function ddl(subtype: string, action: CatalogAction): CatalogStatement {
    return { kind: "catalog", type: "DDL", subtype, result: "txt", action };
}
