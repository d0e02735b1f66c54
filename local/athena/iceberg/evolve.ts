/** Changes of an Iceberg table's schema, on its metadata: https://iceberg.apache.org/spec/#schema-evolution */
import { isDeepStrictEqual } from "node:util";
import {
    columnsOfFields,
    FieldIds,
    icebergType,
    type IcebergField,
    type IcebergType,
} from "../../glue/catalog/iceberg/schema";
import { parseHiveType, type InferredType } from "../../glue/crawlers/types";
import { QueryFault } from "../executions/faults";
import type { ColumnPosition, HiveColumn } from "../statements/types";
import { icebergFields } from "./fields";
import { schemaOf, type IcebergMetadata, type IcebergSchema } from "./metadata";

/** @throws QueryFault for a name that is taken */
export function addColumns(metadata: IcebergMetadata, columns: readonly HiveColumn[]): IcebergMetadata {
    const { fields } = schemaOf(metadata);
    const names = new Set(fields.map(({ name }) => name.toLowerCase()));
    for (const { name } of columns) {
        if (names.has(name)) {
            throw QueryFault.ofUser(`COLUMN_ALREADY_EXISTS: Cannot add column, name already exists: ${name}`);
        }
        names.add(name);
    }
    const ids = idsOf(metadata);
    return withFields(metadata, [...fields, ...icebergFields(columns, ids)], ids);
}

/** @throws QueryFault for a column that is not there, or that the table's partitions or identifiers come from */
export function dropColumn(metadata: IcebergMetadata, name: string): IcebergMetadata {
    const schema = schemaOf(metadata);
    const { id } = fieldOf(schema.fields, name);
    const sources = metadata["partition-specs"].flatMap((spec) => spec.fields);
    if (sources.some((field) => field["source-id"] === id)) {
        throw QueryFault.ofUser(`NOT_SUPPORTED: Cannot drop a column that a partition spec uses: ${name}`);
    }
    if (schema["identifier-field-ids"]?.includes(id)) {
        throw QueryFault.ofUser(`NOT_SUPPORTED: Cannot drop an identifier field: ${name}`);
    }
    const kept = schema.fields.filter((field) => field.id !== id);
    if (kept.length === 0) throw QueryFault.ofUser("NOT_SUPPORTED: Cannot drop the only column in a table");
    return withFields(metadata, kept, idsOf(metadata));
}

/** @throws QueryFault where the column or its place is not there, the name is taken or the type does not widen the old one */
export function changeColumn(
    metadata: IcebergMetadata,
    from: string,
    { name, type, comment }: HiveColumn,
    position: ColumnPosition | undefined,
): IcebergMetadata {
    const { fields } = schemaOf(metadata);
    const old = fieldOf(fields, from);
    if (fields.some((field) => field !== old && field.name.toLowerCase() === name)) {
        throw QueryFault.ofUser(`COLUMN_ALREADY_EXISTS: Cannot rename ${from} to ${name}, name already exists`);
    }
    const ids = idsOf(metadata);
    const changed: IcebergField = {
        ...old,
        name,
        type: widened(from, old.type, parseHiveType(type), ids),
        ...(comment === undefined ? {} : { doc: comment }),
    };
    const rest = fields.filter((field) => field !== old);
    let at = fields.indexOf(old);
    if (position) at = position.after === undefined ? 0 : rest.indexOf(fieldOf(rest, position.after)) + 1;
    const next = withFields(metadata, rest.toSpliced(at, 0, changed), ids);
    return changed.type === old.type ? next : widenSnapshot(next, changed);
}

/**
 * Trino 476 reads the bounds of a file's columns by the schema of the snapshot and compares them by the table's, and fails
 * where a filtered column has been widened since. So the current snapshot gets its own schema with the wider type.
 */
function widenSnapshot(metadata: IcebergMetadata, { id, type }: IcebergField): IcebergMetadata {
    const snapshots = metadata.snapshots ?? [];
    const current = snapshots.find((one) => one["snapshot-id"] === metadata["current-snapshot-id"]);
    const schema = metadata.schemas.find((one) => one["schema-id"] === current?.["schema-id"]);
    if (!current || !schema) return metadata;
    const fields = schema.fields.map((field) => (field.id === id ? { ...field, type } : field));
    const { schemas, "schema-id": schemaId } = withSchema(metadata, { ...schema, fields });
    return {
        ...metadata,
        schemas,
        snapshots: snapshots.map((one) => (one === current ? { ...one, "schema-id": schemaId } : one)),
    };
}

/** Nested fields are told by their names: new ones get ids of their own, those left out are dropped. */
function widened(path: string, old: IcebergType, wanted: InferredType, ids: FieldIds): IcebergType {
    if (typeof old === "string") return widenedScalar(path, old, wanted, ids);
    if (old.type === "list" && wanted.kind === "array") {
        return { ...old, element: widened(`${path}.element`, old.element, wanted.item, ids) };
    }
    if (old.type === "map" && wanted.kind === "map") {
        const key = widened(`${path}.key`, old.key, wanted.key, ids);
        return { ...old, key, value: widened(`${path}.value`, old.value, wanted.value, ids) };
    }
    if (old.type === "struct" && wanted.kind === "struct") {
        const fields = [...wanted.fields].map(([name, type]): IcebergField => {
            const known = old.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
            if (known) return { ...known, type: widened(`${path}.${name}`, known.type, type, ids) };
            return { id: ids.next(), name, required: false, type: icebergType(type, ids) };
        });
        return { type: "struct", fields };
    }
    throw noWidening(path, hiveTypeOf(old), wanted.kind);
}

function widenedScalar(path: string, old: string, wanted: InferredType, ids: FieldIds): IcebergType {
    if (wanted.kind !== "scalar") throw noWidening(path, old, wanted.kind);
    // What the catalog calls the same is the same: it has one name for both kinds of timestamps.
    if (hiveTypeOf(old) === wanted.name) return old;
    const next = icebergType(wanted, ids) as string;
    if ((old === "int" && next === "long") || (old === "float" && next === "double")) return next;
    const [before, after] = [decimalOf(old), decimalOf(next)];
    if (before && after && after.scale === before.scale && after.precision >= before.precision) return next;
    throw noWidening(path, old, next);
}

function decimalOf(type: string): { precision: number; scale: number } | undefined {
    const [, precision, scale] = /^decimal\((\d+), ?(\d+)\)$/.exec(type) ?? [];
    return precision === undefined ? undefined : { precision: Number(precision), scale: Number(scale) };
}

function noWidening(path: string, from: string, to: string): QueryFault {
    return QueryFault.ofUser(`NOT_SUPPORTED: Cannot change column type: ${path}: ${from} -> ${to}`);
}

function hiveTypeOf(type: IcebergType): string {
    return columnsOfFields([{ id: 0, name: "", required: false, type }])[0]?.Type ?? "";
}

function fieldOf(fields: readonly IcebergField[], name: string): IcebergField {
    const field = fields.find((one) => one.name.toLowerCase() === name);
    if (!field) throw QueryFault.ofUser(`COLUMN_NOT_FOUND: Column '${name}' does not exist`);
    return field;
}

function idsOf(metadata: IcebergMetadata): FieldIds {
    const ids = new FieldIds();
    ids.last = metadata["last-column-id"];
    return ids;
}

function withFields(metadata: IcebergMetadata, fields: readonly IcebergField[], ids: FieldIds): IcebergMetadata {
    const { schemas, "schema-id": id } = withSchema(metadata, { ...schemaOf(metadata), fields });
    return { ...metadata, "last-column-id": ids.last, schemas, "current-schema-id": id };
}

/** Adds the schema; one that the table has already is taken again, as Iceberg does. */
function withSchema(
    { schemas }: IcebergMetadata,
    schema: IcebergSchema,
): Pick<IcebergMetadata, "schemas"> & Pick<IcebergSchema, "schema-id"> {
    const known = schemas.find((one) => isDeepStrictEqual(one.fields, schema.fields));
    if (known) return { schemas, "schema-id": known["schema-id"] };
    const id = Math.max(...schemas.map((one) => one["schema-id"])) + 1;
    return { schemas: [...schemas, { ...schema, "schema-id": id }], "schema-id": id };
}
