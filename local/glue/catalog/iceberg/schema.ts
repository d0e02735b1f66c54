/** Schemas of Iceberg tables: from Glue's request or from Hive columns, and back to Hive columns for the catalog. */
import type { Column, IcebergSchema } from "@aws-sdk/client-glue";
import { AwsError } from "../../../protocol/operations";
import type { Wire } from "../../../protocol/wire";
import { hiveType, parseHiveType, scalar, type InferredType } from "../../crawlers/types";

/** https://iceberg.apache.org/spec/#appendix-c-json-serialization */
export type IcebergType =
    | string
    | { readonly type: "struct"; readonly fields: IcebergField[] }
    | {
          readonly type: "list";
          readonly "element-id": number;
          readonly element: IcebergType;
          readonly "element-required": boolean;
      }
    | {
          readonly type: "map";
          readonly "key-id": number;
          readonly key: IcebergType;
          readonly "value-id": number;
          readonly value: IcebergType;
          readonly "value-required": boolean;
      };

export interface IcebergField {
    readonly id: number;
    readonly name: string;
    readonly required: boolean;
    readonly type: IcebergType;
    readonly doc?: string;
}

/** Hive's scalar types by Iceberg's, where their names differ: what Iceberg's own library writes to Glue. */
const hiveNames: Readonly<Record<string, string>> = {
    long: "bigint",
    timestamptz: "timestamp",
    uuid: "string",
    time: "string",
};
const same = ["boolean", "int", "float", "double", "date", "timestamp", "string", "binary"];
const icebergNames: Readonly<Record<string, string>> = {
    bigint: "long",
    ...Object.fromEntries(same.map((name) => [name, name])),
};

/** Counts field ids; a new table's struct numbers its fields before what lies in them. */
export class FieldIds {
    last = 0;

    next(): number {
        return ++this.last;
    }
}

/** @throws InvalidInputException for a type that Iceberg lacks. */
export function fieldsOfColumns(columns: readonly Wire<Column>[], ids: FieldIds): IcebergField[] {
    const numbered = columns.map((column) => ({ column, id: ids.next() }));
    return numbered.map(({ column: { Name, Type, Comment }, id }) => ({
        id,
        name: (Name ?? "").toLowerCase(),
        required: false,
        type: icebergType(parseHiveType((Type ?? "string").toLowerCase().replace(/\s/g, "")), ids),
        ...(Comment === undefined || Comment === "" ? {} : { doc: Comment }),
    }));
}

/** @throws InvalidInputException for a type that Iceberg lacks. */
export function icebergType(type: InferredType, ids: FieldIds): IcebergType {
    switch (type.kind) {
        case "null":
            return "string";
        case "scalar": {
            const [, precision, scale = "0"] = /^decimal\((\d+)(?:,(\d+))?\)$/.exec(type.name) ?? [];
            const name = precision === undefined ? icebergNames[type.name] : `decimal(${precision}, ${scale})`;
            if (name === undefined) throw new AwsError("InvalidInputException", `Iceberg has no type ${type.name}.`);
            return name;
        }
        case "array": {
            const id = ids.next();
            return { type: "list", "element-id": id, element: icebergType(type.item, ids), "element-required": false };
        }
        case "map": {
            const [key, value] = [ids.next(), ids.next()];
            return {
                type: "map",
                "key-id": key,
                key: icebergType(type.key, ids),
                "value-id": value,
                value: icebergType(type.value, ids),
                "value-required": false,
            };
        }
        case "struct": {
            const numbered = [...type.fields].map(([name, field]) => ({ name, field, id: ids.next() }));
            return {
                type: "struct",
                fields: numbered.map(({ name, field, id }) => ({
                    id,
                    name,
                    required: false,
                    type: icebergType(field, ids),
                })),
            };
        }
    }
}

/** @throws InvalidInputException for a schema that no Iceberg library would read. */
export function fieldsOfSchema(schema: Wire<IcebergSchema>, ids: FieldIds): IcebergField[] {
    const fields = (schema.Fields ?? []).map((field) => {
        if (field.InitialDefault !== undefined || field.WriteDefault !== undefined) {
            throw new AwsError("InvalidInputException", "Default values need Iceberg format version 3.");
        }
        const { Id: id, Name: name, Required: required, Type: type, Doc: doc } = field;
        return { id, name, required, type, ...(doc === undefined ? {} : { doc }) } as IcebergField;
    });
    checkFields(fields, new Set(), ids);
    return fields;
}

function checkFields(fields: readonly IcebergField[], seen: Set<number>, ids: FieldIds): void {
    const names = new Set(fields.map(({ name }) => name?.toLowerCase()));
    if (fields.length === 0 || names.size < fields.length || names.has(undefined as never)) {
        throw new AwsError("InvalidInputException", "An Iceberg schema needs fields, each with a name of its own.");
    }
    for (const { id } of fields) checkId(id, seen, ids);
    for (const { type } of fields) checkType(type, seen, ids);
}

function checkId(id: unknown, seen: Set<number>, ids: FieldIds): void {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 1 || seen.has(id)) {
        throw new AwsError(
            "InvalidInputException",
            `Iceberg field ids are whole numbers from 1, each once: ${String(id)}`,
        );
    }
    seen.add(id);
    ids.last = Math.max(ids.last, id);
}

function checkType(type: IcebergType, seen: Set<number>, ids: FieldIds): void {
    if (typeof type === "string") {
        if (hiveScalar(type) === undefined) throw new AwsError("InvalidInputException", `Iceberg has no type ${type}.`);
    } else if (type?.type === "struct") {
        checkFields(type.fields ?? [], seen, ids);
    } else if (type?.type === "list") {
        checkId(type["element-id"], seen, ids);
        checkType(type.element, seen, ids);
    } else if (type?.type === "map") {
        checkId(type["key-id"], seen, ids);
        checkId(type["value-id"], seen, ids);
        checkType(type.key, seen, ids);
        checkType(type.value, seen, ids);
    } else {
        throw new AwsError("InvalidInputException", `Not an Iceberg type: ${JSON.stringify(type)}`);
    }
}

/** The schema as the catalog shows it. */
export function columnsOfFields(fields: readonly IcebergField[]): Wire<Column>[] {
    return fields.map(({ name, type, doc }) => ({
        Name: name.toLowerCase(),
        Type: hiveType(hiveTypeOf(type)),
        ...(doc === undefined ? {} : { Comment: doc }),
    }));
}

function hiveTypeOf(type: IcebergType): InferredType {
    if (typeof type === "string") return scalar(hiveScalar(type) ?? type);
    if (type.type === "list") return { kind: "array", item: hiveTypeOf(type.element) };
    if (type.type === "map") return { kind: "map", key: hiveTypeOf(type.key), value: hiveTypeOf(type.value) };
    return { kind: "struct", fields: new Map(type.fields.map((field) => [field.name, hiveTypeOf(field.type)])) };
}

function hiveScalar(type: string): string | undefined {
    if (same.includes(type)) return type;
    if (/^fixed\[\d+\]$/.test(type)) return "binary";
    const [, precision, scale] = /^decimal\((\d+), ?(\d+)\)$/.exec(type) ?? [];
    if (precision !== undefined) return Number(precision) <= 38 ? `decimal(${precision},${scale})` : undefined;
    return Object.hasOwn(hiveNames, type) ? hiveNames[type] : undefined;
}
