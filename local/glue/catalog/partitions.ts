/** Partitions, one at a time and by query. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-partitions.html */
import { createHash } from "node:crypto";
import type {
    CreatePartitionRequest,
    DeletePartitionRequest,
    GetPartitionRequest,
    GetPartitionsRequest,
    PartitionInput,
    Segment,
    UpdatePartitionRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import type { Wire } from "../../protocol/wire";
import { partitionFilter } from "./expression";
import { addPartition, findPartition, partitionKey, removePartition, replacePartition } from "./partitionStore";
import { refuseMembers, type Catalog, type StoredPartition } from "./state";

const largestPage = 1000;
const mostSegments = 10;

export function partitionOperations(catalog: Catalog): Operations {
    return {
        CreatePartition: (input: CreatePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            addPartition(catalog, entry, input.PartitionInput as Wire<PartitionInput>);
            return {};
        },
        GetPartition: (input: GetPartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            return {
                Partition: findPartition(catalog.partitionsOf(entry).state, input.PartitionValues ?? []).partition,
            };
        },
        GetPartitions: (input: GetPartitionsRequest) => {
            refuseMembers(input, "TransactionId", "QueryAsOfTime");
            return getPartitions(catalog, input);
        },
        UpdatePartition: (input: UpdatePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            const given = input.PartitionInput as Wire<PartitionInput>;
            replacePartition(catalog, entry, input.PartitionValueList ?? [], given);
            return {};
        },
        DeletePartition: (input: DeletePartitionRequest) => {
            const entry = catalog.table(input, input.DatabaseName, input.TableName);
            removePartition(catalog, entry, input.PartitionValues ?? []);
            return {};
        },
    };
}

function getPartitions(catalog: Catalog, input: GetPartitionsRequest): object {
    const entry = catalog.table(input, input.DatabaseName, input.TableName);
    const matches = partitionFilter(input.Expression, entry.table.PartitionKeys ?? []);
    const segment = checkedSegment(input.Segment);
    const wanted = Object.values(catalog.partitionsOf(entry).state)
        .map(({ partition }) => partition)
        .filter((partition) => inSegment(partition, segment) && matches(partition.Values));
    const page = pageOf(wanted, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
    const items = input.ExcludeColumnSchema ? page.items.map(withoutColumns) : page.items;
    return { Partitions: items, NextToken: page.nextToken };
}

/** Segments let a client read a table in parallel: each partition is in exactly one of them. */
function checkedSegment(segment: Segment | undefined): { number: number; total: number } | undefined {
    if (segment === undefined || segment === null) return undefined;
    const { SegmentNumber: number = -1, TotalSegments: total = 0 } = segment;
    if (total < 1 || total > mostSegments || number < 0 || number >= total) {
        throw new AwsError(
            "InvalidInputException",
            `Not a segment: number ${number} of ${total} (at most ${mostSegments}).`,
        );
    }
    return { number, total };
}

function inSegment(partition: StoredPartition, segment: { number: number; total: number } | undefined): boolean {
    if (segment === undefined) return true;
    const hash = createHash("md5").update(partitionKey(partition.Values)).digest().readUInt32BE(0);
    return hash % segment.total === segment.number;
}

function withoutColumns(partition: StoredPartition): object {
    const { Columns: _columns, ...descriptor } = partition.StorageDescriptor ?? {};
    return { ...partition, StorageDescriptor: descriptor };
}
