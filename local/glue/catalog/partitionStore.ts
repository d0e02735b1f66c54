/** Finding, adding and removing partitions of one table. */
import type { PartitionInput } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";
import { nowSeconds, type Wire } from "../../protocol/wire";
import {
    own,
    type Catalog,
    type PartitionEntry,
    type PartitionMap,
    type StoredPartition,
    type TableEntry,
} from "./state";
import { withDefaults } from "./tables";

export function partitionKey(values: readonly string[]): string {
    return JSON.stringify(values);
}

/** @throws EntityNotFoundException */
export function findPartition(partitions: PartitionMap, values: readonly string[]): PartitionEntry {
    const entry = own(partitions, partitionKey(values));
    if (entry === undefined)
        throw new AwsError("EntityNotFoundException", `Cannot find partition ${partitionKey(values)}.`);
    return entry;
}

/** @throws AlreadyExistsException, InvalidInputException */
export function addPartition(catalog: Catalog, entry: TableEntry, given: Wire<PartitionInput>): void {
    const store = catalog.partitionsOf(entry);
    const partition = stored(catalog, entry, given, nowSeconds());
    const key = partitionKey(partition.Values);
    if (own(store.state, key) !== undefined) {
        throw new AwsError("AlreadyExistsException", `Partition already exists: ${key}`);
    }
    store.state[key] = { partition, statistics: {} };
    store.changed();
}

/** Replaces a partition; its values may change. @throws EntityNotFoundException, AlreadyExistsException, InvalidInputException */
export function replacePartition(
    catalog: Catalog,
    entry: TableEntry,
    values: readonly string[],
    given: Wire<PartitionInput>,
): void {
    const store = catalog.partitionsOf(entry);
    const before = findPartition(store.state, values);
    const after = stored(
        catalog,
        entry,
        { ...given, Values: given.Values ?? [...values] },
        before.partition.CreationTime,
    );
    const key = partitionKey(after.Values);
    if (key !== partitionKey(values)) {
        if (own(store.state, key) !== undefined) {
            throw new AwsError("AlreadyExistsException", `Partition already exists: ${key}`);
        }
        delete store.state[partitionKey(values)];
    }
    store.state[key] = { partition: after, statistics: before.statistics };
    store.changed();
}

/** @throws EntityNotFoundException */
export function removePartition(catalog: Catalog, entry: TableEntry, values: readonly string[]): void {
    const store = catalog.partitionsOf(entry);
    findPartition(store.state, values);
    delete store.state[partitionKey(values)];
    store.changed();
}

function stored(
    catalog: Catalog,
    entry: TableEntry,
    given: Wire<PartitionInput>,
    created: number | undefined,
): StoredPartition {
    const values = given.Values ?? [];
    const keys = entry.table.PartitionKeys ?? [];
    if (keys.length === 0) {
        throw new AwsError("InvalidInputException", `Table ${entry.table.Name} is not partitioned.`);
    }
    if (values.length !== keys.length || values.some((value) => typeof value !== "string")) {
        throw new AwsError(
            "InvalidInputException",
            `The number of partition keys do not match the number of partition values: ${keys.length} and ${values.length}.`,
        );
    }
    return {
        Values: values,
        DatabaseName: entry.table.DatabaseName,
        TableName: entry.table.Name,
        CreationTime: created ?? nowSeconds(),
        LastAccessTime: given.LastAccessTime,
        LastAnalyzedTime: given.LastAnalyzedTime,
        StorageDescriptor: given.StorageDescriptor && withDefaults(given.StorageDescriptor),
        Parameters: given.Parameters,
        CatalogId: catalog.account,
    };
}
