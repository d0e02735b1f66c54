/** `OPTIMIZE` and `VACUUM`: https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-data-optimization.html */
import type { Cursor } from "./cursor";
import type { MaintenanceStatement } from "./types";

export function parseOptimize(cursor: Cursor): MaintenanceStatement {
    cursor.expect("OPTIMIZE");
    const table = cursor.tableName();
    cursor.expect("REWRITE", "DATA", "USING", "BIN_PACK");
    let where: string | undefined;
    if (cursor.accept("WHERE")) where = cursor.source.slice(cursor.token.start);
    else cursor.finish();
    return { kind: "maintenance", type: "DML", subtype: "OPTIMIZE", result: "txt", table, where };
}

export function parseVacuum(cursor: Cursor): MaintenanceStatement {
    cursor.expect("VACUUM");
    const table = cursor.tableName();
    cursor.finish();
    return { kind: "maintenance", type: "DML", subtype: "VACUUM", result: "txt", table };
}
