/** Column statistics of tables and partitions: what Trino's ANALYZE and CTAS keep and its planner reads. */
import type {
    ColumnStatistics,
    DeleteColumnStatisticsForPartitionRequest,
    DeleteColumnStatisticsForTableRequest,
    GetColumnStatisticsForPartitionRequest,
    GetColumnStatisticsForTableRequest,
    UpdateColumnStatisticsForPartitionRequest,
    UpdateColumnStatisticsForTableRequest,
} from "@aws-sdk/client-glue";
import type { Operations } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";
import { findPartition } from "./partitionStore";
import { own, type Catalog, type StoredStatistics } from "./state";

export function statisticsOperations(catalog: Catalog): Operations {
    return {
        GetColumnStatisticsForTable: (input: GetColumnStatisticsForTableRequest) => {
            return read(catalog.table(input, input.DatabaseName, input.TableName).statistics, input.ColumnNames);
        },
        UpdateColumnStatisticsForTable: (input: Wire<UpdateColumnStatisticsForTableRequest>) => {
            put(catalog.table(input, input.DatabaseName, input.TableName).statistics, input.ColumnStatisticsList);
            catalog.changed();
            return { Errors: [] };
        },
        DeleteColumnStatisticsForTable: (input: DeleteColumnStatisticsForTableRequest) => {
            remove(catalog.table(input, input.DatabaseName, input.TableName).statistics, input.ColumnName);
            catalog.changed();
            return {};
        },
        GetColumnStatisticsForPartition: (input: GetColumnStatisticsForPartitionRequest) => {
            return read(partitionStatistics(catalog, input), input.ColumnNames);
        },
        UpdateColumnStatisticsForPartition: (input: Wire<UpdateColumnStatisticsForPartitionRequest>) => {
            put(partitionStatistics(catalog, input), input.ColumnStatisticsList);
            partitionsChanged(catalog, input);
            return { Errors: [] };
        },
        DeleteColumnStatisticsForPartition: (input: DeleteColumnStatisticsForPartitionRequest) => {
            remove(partitionStatistics(catalog, input), input.ColumnName);
            partitionsChanged(catalog, input);
            return {};
        },
    };
}

interface OfPartition {
    CatalogId?: string | undefined;
    DatabaseName: string | undefined;
    TableName: string | undefined;
    PartitionValues: string[] | undefined;
}

function partitionStatistics(catalog: Catalog, input: OfPartition): StoredStatistics {
    const entry = catalog.table(input, input.DatabaseName, input.TableName);
    return findPartition(catalog.partitionsOf(entry).state, input.PartitionValues ?? []).statistics;
}

function partitionsChanged(catalog: Catalog, input: OfPartition): void {
    catalog.partitionsOf(catalog.table(input, input.DatabaseName, input.TableName)).changed();
}

function read(statistics: StoredStatistics, names: readonly string[] | undefined): object {
    const found = (names ?? []).map((name) => [name, own(statistics, name.toLowerCase())] as const);
    const missing = found.filter(([, value]) => value === undefined).map(([name]) => name);
    return {
        ColumnStatisticsList: found.flatMap(([, value]) => value ?? []),
        Errors: missing.map((name) => ({
            ColumnName: name,
            Error: { ErrorCode: "EntityNotFoundException", ErrorMessage: `Statistics of column ${name} not found.` },
        })),
    };
}

function put(statistics: StoredStatistics, list: Wire<ColumnStatistics>[] | undefined): void {
    for (const one of list ?? []) {
        statistics[(one.ColumnName ?? "").toLowerCase()] = one;
    }
}

/** Statistics that are not there are gone already: Trino deletes those of every column that it has none for. */
function remove(statistics: StoredStatistics, name: string | undefined): void {
    delete statistics[(name ?? "").toLowerCase()];
}
