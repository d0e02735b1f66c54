/** Partitions in batches: each item fails or succeeds on its own, and the answer lists those that failed. */
import type {
    BatchCreatePartitionRequest,
    BatchDeletePartitionRequest,
    BatchGetPartitionRequest,
    BatchUpdatePartitionRequest,
    PartitionInput,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { requireMembers, validationMessage } from "../../protocol/validation";
import type { Wire } from "../../protocol/wire";
import { addPartition, partitionKey, removePartition, replacePartition } from "./partitionStore";
import { own, type Catalog } from "./state";

/** AWS's limits of one call. */
const most = { create: 100, get: 1000, update: 100, delete: 25 };

export function partitionBatchOperations(catalog: Catalog): Operations {
    return {
        BatchCreatePartition: (input: BatchCreatePartitionRequest) => {
            requireMembers(input, "DatabaseName", "TableName", "PartitionInputList");
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const inputs = limited(
                "partitionInputList",
                (input.PartitionInputList ?? []) as Wire<PartitionInput>[],
                most.create,
            );
            const errors = inputs.flatMap((given) =>
                attempt(() => addPartition(catalog, entry, given), { PartitionValues: given.Values ?? [] }),
            );
            return { Errors: errors };
        },
        BatchGetPartition: (input: BatchGetPartitionRequest) => {
            requireMembers(input, "DatabaseName", "TableName", "PartitionsToGet");
            const { state } = catalog.partitionsOf(catalog.table(input, input.DatabaseName, input.TableName));
            const wanted = limited("partitionsToGet", input.PartitionsToGet ?? [], most.get);
            const found = wanted.flatMap(({ Values }) => own(state, partitionKey(Values ?? []))?.partition ?? []);
            return { Partitions: found, UnprocessedKeys: [] };
        },
        BatchUpdatePartition: (input: BatchUpdatePartitionRequest) => {
            requireMembers(input, "DatabaseName", "TableName", "Entries");
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const errors = limited("entries", input.Entries ?? [], most.update).flatMap((change) => {
                const values = change.PartitionValueList ?? [];
                const given = change.PartitionInput as Wire<PartitionInput>;
                return attempt(() => replacePartition(catalog, entry, values, given), { PartitionValueList: values });
            });
            return { Errors: errors };
        },
        BatchDeletePartition: (input: BatchDeletePartitionRequest) => {
            requireMembers(input, "DatabaseName", "TableName", "PartitionsToDelete");
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const errors = limited("partitionsToDelete", input.PartitionsToDelete ?? [], most.delete).flatMap(
                ({ Values }) =>
                    attempt(() => removePartition(catalog, entry, Values ?? []), { PartitionValues: Values ?? [] }),
            );
            return { Errors: errors };
        },
    };
}

function attempt(change: () => void, failedItem: object): object[] {
    try {
        change();
        return [];
    } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return [{ ...failedItem, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } }];
    }
}

function limited<T>(member: string, items: T[], limit: number): T[] {
    if (items.length <= limit) return items;
    const fault = `Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`;
    throw new AwsError("ValidationException", validationMessage([fault]));
}
