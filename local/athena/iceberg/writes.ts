/** What Trino is told of the Iceberg table that a statement writes or maintains. */
import type { Table } from "@aws-sdk/client-glue";
import { databaseOf, findTable, getTable, type CatalogSession } from "../catalog/shared";
import { QueryFault } from "../executions/faults";
import type { EngineStatement, MaintenanceStatement } from "../statements/types";
import type { TrinoRequest } from "../trino/client";
import { icebergCatalog } from "../trino/settings";
import { quoted } from "./ctas";
import { isIceberg, readMetadata } from "./metadata";
import { maxSnapshotAgeMs, smallFileBytes, writerSession } from "./properties";

/**
 * @returns the session by which the target is written as its properties say
 * @throws QueryFault where the rows of the target are not Athena's to change
 */
export async function sessionOfTarget(
    catalog: CatalogSession,
    { target, subtype }: EngineStatement,
): Promise<Record<string, string>> {
    const table = target && (await findTable(catalog, target));
    // Trino says best what is missing.
    if (!table || table.TableType === "VIRTUAL_VIEW") return {};
    if (isIceberg(table)) return writerSession(icebergCatalog, (await readMetadata(catalog, table)).properties);
    // Trino itself would delete whole partitions of it.
    if (subtype !== "INSERT") throw notTransactional();
    return {};
}

/** @throws QueryFault for a table that is not Iceberg's */
export async function planMaintenance(
    catalog: CatalogSession,
    { table: name, subtype, where }: MaintenanceStatement,
): Promise<Pick<TrinoRequest, "sql" | "session">[]> {
    const table = await getTable(catalog, name);
    if (!isIceberg(table)) {
        throw QueryFault.ofUser(`NOT_SUPPORTED: ${subtype} is supported for Iceberg tables only: ${name.table}`);
    }
    const { properties } = await readMetadata(catalog, table);
    const execute = `ALTER TABLE ${addressOf(catalog, table)} EXECUTE`;
    if (subtype === "OPTIMIZE") {
        const procedure = `optimize(file_size_threshold => '${smallFileBytes(properties)}B')`;
        const predicate = where === undefined ? "" : ` WHERE ${where}`;
        return [{ sql: `${execute} ${procedure}${predicate}`, session: writerSession(icebergCatalog, properties) }];
    }
    const retention = `retention_threshold => '${maxSnapshotAgeMs(properties)}ms'`;
    // Iceberg's library itself keeps the table's least number of snapshots.
    return ["expire_snapshots", "remove_orphan_files"].map((procedure) => ({
        sql: `${execute} ${procedure}(${retention})`,
        session: { [`${icebergCatalog}.${procedure}_min_retention`]: "0s" },
    }));
}

/** @throws a fault that says in Athena's terms what Trino means, or the error as it is */
export function rethrowMaintenanceFault(error: unknown): never {
    if (!(error instanceof QueryFault) || !error.message.includes("Unexpected FilterNode")) throw error;
    throw QueryFault.ofUser("NOT_SUPPORTED: Only partition columns are allowed in the WHERE clause of OPTIMIZE");
}

function addressOf(catalog: CatalogSession, { DatabaseName, Name = "" }: Table): string {
    const database = databaseOf(catalog, { database: DatabaseName, table: Name });
    return [icebergCatalog, quoted(database), quoted(Name)].join(".");
}

function notTransactional(): QueryFault {
    return QueryFault.ofUser("NOT_SUPPORTED: Modifying Hive table rows is only supported for transactional tables");
}
