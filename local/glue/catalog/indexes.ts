/** Partition indexes. @see https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html */
import type {
    CreatePartitionIndexRequest,
    DeletePartitionIndexRequest,
    GetPartitionIndexesRequest,
    PartitionIndex,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { nowSeconds } from "../../protocol/wire";
import type { Catalog, StoredIndex, StoredTable } from "./state";

const mostIndexes = 3;

/** Partitions are looked up in memory, so an index has nothing to build; clients still see it being created. */
const creatingSeconds = 0.5;

export function indexOperations(catalog: Catalog): Operations {
    return {
        CreatePartitionIndex: (input: CreatePartitionIndexRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const index = newIndex(entry.table, input.PartitionIndex as PartitionIndex);
            if (entry.indexes.some((other) => other.IndexName === index.IndexName)) {
                throw new AwsError("AlreadyExistsException", `Partition index ${index.IndexName} already exists.`);
            }
            if (entry.indexes.length >= mostIndexes) {
                const most = `A table has at most ${mostIndexes} partition indexes.`;
                throw new AwsError("ResourceNumberLimitExceededException", most);
            }
            entry.indexes.push(index);
            catalog.changed();
            return {};
        },
        GetPartitionIndexes: (input: GetPartitionIndexesRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            return { PartitionIndexDescriptorList: entry.indexes.map(shown) };
        },
        DeletePartitionIndex: (input: DeletePartitionIndexRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const position = entry.indexes.findIndex((index) => index.IndexName === input.IndexName);
            if (position < 0) {
                throw new AwsError("EntityNotFoundException", `Partition index ${input.IndexName} not found.`);
            }
            entry.indexes.splice(position, 1);
            catalog.changed();
            return {};
        },
    };
}

/** @throws InvalidInputException unless the keys are partition keys of the table, each once. */
export function newIndex(table: StoredTable, given: PartitionIndex): StoredIndex {
    const names = given.Keys ?? [];
    const keys = names.map((name) => {
        const key = table.PartitionKeys?.find((candidate) => candidate.Name?.toLowerCase() === name.toLowerCase());
        if (key === undefined) {
            throw new AwsError("InvalidInputException", `${name} is not a partition key of table ${table.Name}.`);
        }
        return { Name: key.Name, Type: key.Type };
    });
    if (keys.length === 0 || new Set(names).size !== names.length) {
        throw new AwsError("InvalidInputException", "A partition index needs one or more keys, each once.");
    }
    return { IndexName: given.IndexName ?? "", Keys: keys, IndexStatus: "CREATING", createdAt: nowSeconds() };
}

function shown({ createdAt, ...index }: StoredIndex): object {
    return { ...index, IndexStatus: nowSeconds() - createdAt < creatingSeconds ? "CREATING" : "ACTIVE" };
}
