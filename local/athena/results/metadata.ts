/**
 * The `.metadata` object beside a result: its columns as a Protocol Buffers message. AWS does not publish the message; its
 * fields are those that open readers know (burtcorp/athena-jdbc: AthenaMetaDataParser).
 */
import type { ColumnInfo } from "@aws-sdk/client-athena";

/** Numbers of the fields of the message and of each of its columns. */
const fields = { queryId: 1, column: 4 };
const columnFields = { catalog: 1, schema: 2, table: 3, name: 4, label: 5, type: 6 };
const columnNumbers = { precision: 7, scale: 8, nullable: 9, caseSensitive: 10 };

const nullability: Readonly<Record<string, number>> = { NOT_NULL: 1, NULLABLE: 2, UNKNOWN: 3 };

/** @param queryId as the engine knows the query */
export function encodeMetadata(queryId: string, columns: readonly ColumnInfo[]): Buffer {
    return Buffer.concat([
        bytesField(fields.queryId, Buffer.from(queryId)),
        ...columns.map((column) => bytesField(fields.column, encodeColumn(column))),
    ]);
}

function encodeColumn(column: ColumnInfo): Buffer {
    const texts: [number, string | undefined][] = [
        [columnFields.catalog, column.CatalogName],
        [columnFields.schema, column.SchemaName],
        [columnFields.table, column.TableName],
        [columnFields.name, column.Name],
        [columnFields.label, column.Label],
        [columnFields.type, column.Type],
    ];
    const numbers: [number, number][] = [
        [columnNumbers.precision, column.Precision ?? 0],
        [columnNumbers.scale, column.Scale ?? 0],
        [columnNumbers.nullable, nullability[column.Nullable ?? "UNKNOWN"] ?? 3],
        [columnNumbers.caseSensitive, column.CaseSensitive === true ? 1 : 0],
    ];
    return Buffer.concat([
        ...texts.filter(([, text]) => text).map(([field, text]) => bytesField(field, Buffer.from(text ?? ""))),
        ...numbers.map(([field, value]) => Buffer.concat([varint(field << 3), varint(value)])),
    ]);
}

/** A field of wire type 2: its length, then its bytes. */
function bytesField(field: number, bytes: Buffer): Buffer {
    return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): Buffer {
    const bytes: number[] = [];
    for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
    return Buffer.from([...bytes, value]);
}
