/** `CREATE TABLE` of an Iceberg table: https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html */
import type { Cursor } from "./cursor";
import { parseColumns, parseProperties } from "./hiveTable";
import type { CatalogStatement, PartitionTransform } from "./types";

export function parseCreateIcebergTable(cursor: Cursor): CatalogStatement {
    cursor.expect("CREATE", "TABLE");
    const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    const name = cursor.tableName();
    const columns = parseColumns(cursor);
    const partitioning = cursor.accept("PARTITIONED", "BY") ? parsePartitioning(cursor) : [];
    cursor.expect("LOCATION");
    const location = cursor.text();
    const properties = cursor.accept("TBLPROPERTIES") ? parseProperties(cursor) : {};
    cursor.finish();
    return {
        kind: "catalog",
        type: "DDL",
        subtype: "CREATE_TABLE",
        result: "txt",
        action: { do: "createIcebergTable", table: { name, ifNotExists, columns, partitioning, location, properties } },
    };
}

const timeTransforms = new Set(["year", "month", "day", "hour"]);
const sizedTransforms = new Set(["bucket", "truncate"]);

/** `(column, day(column), bucket(16, column), …)` */
function parsePartitioning(cursor: Cursor): PartitionTransform[] {
    const transforms: PartitionTransform[] = [];
    cursor.expect("(");
    do {
        const name = cursor.identifier();
        transforms.push(cursor.accept("(") ? parseTransform(cursor, name) : { column: name, transform: "identity" });
    } while (cursor.accept(","));
    cursor.expect(")");
    return transforms;
}

/** What follows `transform(`. */
function parseTransform(cursor: Cursor, transform: string): PartitionTransform {
    let size = "";
    if (sizedTransforms.has(transform)) {
        if (cursor.token.kind !== "number") throw cursor.fault("<number>");
        size = `[${cursor.next().value}]`;
        cursor.expect(",");
    } else if (!timeTransforms.has(transform)) {
        throw cursor.fault("a column of year, month, day, hour, bucket or truncate");
    }
    const column = cursor.identifier();
    cursor.expect(")");
    return { column, transform: `${transform}${size}` };
}
