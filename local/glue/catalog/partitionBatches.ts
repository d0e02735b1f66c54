/** Partitions in batches: each item fails or succeeds on its own, and the answer lists those that failed. */
import type {
    BatchCreatePartitionRequest,
    BatchDeletePartitionRequest,
    BatchGetPartitionRequest,
    BatchUpdatePartitionRequest,
    PartitionInput,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";
import { addPartition, partitionKey, removePartition, replacePartition } from "./partitionStore";
import { own, type Catalog } from "./state";

export function partitionBatchOperations(catalog: Catalog): Operations {
    return {
        BatchCreatePartition: (input: BatchCreatePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const inputs = (input.PartitionInputList ?? []) as Wire<PartitionInput>[];
            const errors = inputs.flatMap((given) =>
                attempt(() => addPartition(catalog, entry, given), { PartitionValues: given.Values ?? [] }),
            );
            return { Errors: errors };
        },
        BatchGetPartition: (input: BatchGetPartitionRequest) => {
            const { state } = catalog.partitionsOf(catalog.table(input, input.DatabaseName, input.TableName));
            const wanted = input.PartitionsToGet ?? [];
            const found = wanted.flatMap(({ Values }) => own(state, partitionKey(Values ?? []))?.partition ?? []);
            return { Partitions: found, UnprocessedKeys: [] };
        },
        BatchUpdatePartition: (input: BatchUpdatePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const errors = (input.Entries ?? []).flatMap((change) => {
                const values = change.PartitionValueList ?? [];
                const given = change.PartitionInput as Wire<PartitionInput>;
                return attempt(() => replacePartition(catalog, entry, values, given), {
                    PartitionValueList: values,
                });
            });
            return { Errors: errors };
        },
        BatchDeletePartition: (input: BatchDeletePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const errors = (input.PartitionsToDelete ?? []).flatMap(({ Values }) =>
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
