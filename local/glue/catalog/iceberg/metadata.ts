/** The first metadata file of an Iceberg table of format version 2: https://iceberg.apache.org/spec/#table-metadata-fields */
import { randomUUID } from "node:crypto";
import type { IcebergPartitionSpec } from "@aws-sdk/client-glue";
import { AwsError } from "../../../protocol/operations";
import type { Wire } from "../../../protocol/wire";
import type { IcebergField } from "./schema";

export interface NewIcebergTable {
    /** Without a trailing slash, as Iceberg writes it. */
    readonly location: string;
    readonly fields: readonly IcebergField[];
    readonly lastColumnId: number;
    readonly partitionFields: readonly PartitionField[];
    readonly identifierFieldIds: readonly number[];
    readonly properties: Readonly<Record<string, string>>;
}

export interface PartitionField {
    readonly name: string;
    readonly transform: string;
    readonly "source-id": number;
    readonly "field-id": number;
}

/** Ids of partition fields begin here, apart from those of columns. */
const firstPartitionId = 1000;

export function metadataOf(table: NewIcebergTable): object {
    const partitionIds = table.partitionFields.map((field) => field["field-id"]);
    return {
        "format-version": 2,
        "table-uuid": randomUUID(),
        location: table.location,
        "last-sequence-number": 0,
        "last-updated-ms": Date.now(),
        "last-column-id": table.lastColumnId,
        "current-schema-id": 0,
        schemas: [
            {
                type: "struct",
                "schema-id": 0,
                ...(table.identifierFieldIds.length === 0 ? {} : { "identifier-field-ids": table.identifierFieldIds }),
                fields: table.fields,
            },
        ],
        "default-spec-id": 0,
        "partition-specs": [{ "spec-id": 0, fields: table.partitionFields }],
        "last-partition-id": Math.max(firstPartitionId - 1, ...partitionIds),
        "default-sort-order-id": 0,
        "sort-orders": [{ "order-id": 0, fields: [] }],
        properties: table.properties,
        "current-snapshot-id": -1,
        refs: {},
        snapshots: [],
        statistics: [],
        "partition-statistics": [],
        "snapshot-log": [],
        "metadata-log": [],
    };
}

/** https://iceberg.apache.org/spec/#partition-transforms */
const transforms = /^(?:identity|year|month|day|hour|void|bucket\[[1-9]\d*\]|truncate\[[1-9]\d*\])$/;

/** @throws InvalidInputException for a spec over columns that are not there, or with transforms that do not exist. */
export function partitionFieldsOf(
    spec: Wire<IcebergPartitionSpec> | undefined,
    fields: readonly IcebergField[],
): PartitionField[] {
    const given = spec?.Fields ?? [];
    return given.map(({ Name, SourceId, Transform, FieldId }, index) => {
        const source = fields.find((field) => field.id === SourceId);
        if (source === undefined || typeof source.type !== "string") {
            throw new AwsError(
                "InvalidInputException",
                `Partition field ${Name}: ${SourceId} is the id of no column of a simple type.`,
            );
        }
        if (Transform === undefined || !transforms.test(Transform)) {
            throw new AwsError("InvalidInputException", `Partition field ${Name}: no such transform: ${Transform}`);
        }
        const column = fields.find((field) => field.name === Name);
        if (
            !Name ||
            given.some((other, at) => at < index && other.Name === Name) ||
            (column !== undefined && column !== source)
        ) {
            throw new AwsError("InvalidInputException", `Partition fields need a name each: ${Name}`);
        }
        return {
            name: Name,
            transform: Transform,
            "source-id": source.id,
            // The AWS provider sends 0 for none.
            "field-id": FieldId === undefined || FieldId === 0 ? firstPartitionId + index : FieldId,
        };
    });
}
