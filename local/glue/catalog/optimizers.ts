/**
 * Table optimizers of Iceberg tables. They are kept, not run: their lists of runs are empty.
 * @see https://docs.aws.amazon.com/glue/latest/dg/table-optimizers.html
 */
import type {
    BatchGetTableOptimizerRequest,
    CreateTableOptimizerRequest,
    DeleteTableOptimizerRequest,
    GetTableOptimizerRequest,
    ListTableOptimizerRunsRequest,
    TableOptimizerConfiguration,
    UpdateTableOptimizerRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { requireMembers } from "../../protocol/validation";
import type { Wire } from "../../protocol/wire";
import type { Catalog, TableEntry } from "./state";

const types = ["compaction", "retention", "orphan_file_deletion"];

interface Where {
    readonly CatalogId?: string | undefined;
    readonly DatabaseName?: string | undefined;
    readonly TableName?: string | undefined;
    readonly Type?: string | undefined;
}

export function optimizerOperations(catalog: Catalog): Operations {
    return {
        CreateTableOptimizer: (input: CreateTableOptimizerRequest) => {
            const { entry, type } = located(catalog, input);
            if (entry.table.Parameters?.["table_type"]?.toUpperCase() !== "ICEBERG") {
                throw new AwsError("InvalidInputException", `Table ${entry.table.Name} is no Iceberg table.`);
            }
            if (entry.optimizers?.[type] !== undefined) {
                throw new AwsError("AlreadyExistsException", `Table ${entry.table.Name} has a ${type} optimizer.`);
            }
            (entry.optimizers ??= {})[type] = configured(type, input.TableOptimizerConfiguration);
            catalog.changed();
            return {};
        },
        GetTableOptimizer: (input: GetTableOptimizerRequest) => {
            const { entry, type } = located(catalog, input);
            return {
                CatalogId: catalog.account,
                DatabaseName: entry.table.DatabaseName,
                TableName: entry.table.Name,
                TableOptimizer: shown(existing(entry, type), type),
            };
        },
        BatchGetTableOptimizer: (input: BatchGetTableOptimizerRequest) => {
            const found: object[] = [];
            const failures: object[] = [];
            for (const each of input.Entries ?? []) {
                const { catalogId, databaseName, tableName, type } = each;
                const where = { CatalogId: catalogId, DatabaseName: databaseName, TableName: tableName, Type: type };
                try {
                    const { entry, type: known } = located(catalog, where);
                    found.push({ ...each, tableOptimizer: shown(existing(entry, known), known) });
                } catch (error) {
                    if (!(error instanceof AwsError)) throw error;
                    failures.push({ ...each, error: { ErrorCode: error.code, ErrorMessage: error.message } });
                }
            }
            return { TableOptimizers: found, Failures: failures };
        },
        UpdateTableOptimizer: (input: UpdateTableOptimizerRequest) => {
            const { entry, type } = located(catalog, input);
            existing(entry, type);
            (entry.optimizers ??= {})[type] = configured(type, input.TableOptimizerConfiguration);
            catalog.changed();
            return {};
        },
        DeleteTableOptimizer: (input: DeleteTableOptimizerRequest) => {
            const { entry, type } = located(catalog, input);
            existing(entry, type);
            delete entry.optimizers?.[type];
            catalog.changed();
            return {};
        },
        ListTableOptimizerRuns: (input: ListTableOptimizerRunsRequest) => {
            const { entry, type } = located(catalog, input);
            existing(entry, type);
            return {
                CatalogId: catalog.account,
                DatabaseName: entry.table.DatabaseName,
                TableName: entry.table.Name,
                TableOptimizerRuns: [],
            };
        },
    };
}

function located(catalog: Catalog, input: Where): { entry: TableEntry; type: string } {
    const type = input.Type ?? "";
    if (!types.includes(type)) {
        throw new AwsError("InvalidInputException", `Type must be one of ${types.join(", ")}: ${type}`);
    }
    return { entry: catalog.table(input, input.DatabaseName, input.TableName), type };
}

function existing(entry: TableEntry, type: string): Wire<TableOptimizerConfiguration> {
    const found = entry.optimizers?.[type];
    if (found === undefined) {
        throw new AwsError("EntityNotFoundException", `Table ${entry.table.Name} has no ${type} optimizer.`);
    }
    return found;
}

const hoursBetweenRuns = 24;

/** The configuration with Glue's defaults: https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergRetentionConfiguration.html */
function configured(
    type: string,
    given: Wire<TableOptimizerConfiguration> | undefined,
): Wire<TableOptimizerConfiguration> {
    const configuration = given ?? {};
    requireMembers(configuration, "roleArn", "enabled");
    const alien = [
        ["retention", "retentionConfiguration"],
        ["orphan_file_deletion", "orphanFileDeletionConfiguration"],
        ["compaction", "compactionConfiguration"],
    ].find(([owner, member]) => owner !== type && configuration[member as keyof typeof configuration] !== undefined);
    if (alien !== undefined) {
        throw new AwsError("InvalidInputException", `${alien[1]} does not belong to an optimizer of type ${type}.`);
    }
    if (type === "retention") {
        const defaults = {
            snapshotRetentionPeriodInDays: 5,
            numberOfSnapshotsToRetain: 1,
            cleanExpiredFiles: false,
            runRateInHours: hoursBetweenRuns,
        };
        const iceberg = configuration.retentionConfiguration?.icebergConfiguration;
        return { ...configuration, retentionConfiguration: { icebergConfiguration: { ...defaults, ...iceberg } } };
    }
    if (type === "orphan_file_deletion") {
        const defaults = { orphanFileRetentionPeriodInDays: 3, runRateInHours: hoursBetweenRuns };
        const iceberg = configuration.orphanFileDeletionConfiguration?.icebergConfiguration;
        return {
            ...configuration,
            orphanFileDeletionConfiguration: { icebergConfiguration: { ...defaults, ...iceberg } },
        };
    }
    return configuration;
}

function shown(configuration: Wire<TableOptimizerConfiguration>, type: string): object {
    return { type, configuration, configurationSource: "table" };
}
