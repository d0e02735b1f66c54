/** Columns of a statement as fields of an Iceberg schema. */
import { fieldsOfColumns, type FieldIds, type IcebergField } from "../../glue/catalog/iceberg/schema";
import { AwsError } from "../../protocol/operations";
import { QueryFault } from "../executions/faults";
import type { HiveColumn } from "../statements/types";

/** @throws QueryFault for a type that Iceberg lacks */
export function icebergFields(columns: readonly HiveColumn[], ids: FieldIds): IcebergField[] {
    try {
        const given = columns.map(({ name, type, comment }) => ({ Name: name, Type: type, Comment: comment }));
        return fieldsOfColumns(given, ids);
    } catch (error) {
        if (error instanceof AwsError) throw QueryFault.ofUser(`NOT_SUPPORTED: ${error.message}`);
        throw error;
    }
}
