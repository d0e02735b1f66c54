/** An Iceberg table's columns in the Glue catalog, as Iceberg's own library writes them. */
import type { Column } from "@aws-sdk/client-glue";
import { columnsOfFields, type IcebergField } from "../../glue/catalog/iceberg/schema";
import { schemaOf, type IcebergMetadata } from "./metadata";

/** Says of a column whether the table still has it. */
const currentParameter = "iceberg.field.current";

/**
 * The current schema's columns, then those that earlier schemas had under other names, marked as not current.
 * https://github.com/apache/iceberg/blob/apache-iceberg-1.10.0/aws/src/main/java/org/apache/iceberg/aws/glue/IcebergToGlueConverter.java
 */
export function glueColumns(metadata: IcebergMetadata): Column[] {
    const current = schemaOf(metadata);
    const columns = current.fields.map((field) => glueColumn(field, true));
    const names = new Set(current.fields.map(({ name }) => name));
    for (const { fields } of metadata.schemas.filter((schema) => schema !== current)) {
        for (const field of fields.filter(({ name }) => !names.has(name))) {
            names.add(field.name);
            columns.push(glueColumn(field, false));
        }
    }
    return columns;
}

export function isCurrentColumn({ Parameters }: Column): boolean {
    return Parameters?.[currentParameter] !== "false";
}

function glueColumn(field: IcebergField, current: boolean): Column {
    return {
        ...(columnsOfFields([field])[0] as Column),
        Parameters: {
            "iceberg.field.id": String(field.id),
            "iceberg.field.optional": String(!field.required),
            [currentParameter]: String(current),
        },
    };
}
