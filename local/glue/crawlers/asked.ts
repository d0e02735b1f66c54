/**
 * What a crawl does in the catalog. Here it is done without requests; on AWS they are the crawler's role's, so they are
 * kept as such, and tell EventBridge what the same requests of a client would.
 */
import { glueResources } from "../../calls/glue";
import type { LocalContext } from "../../context";
import { catalogEvents, type CatalogChange } from "../catalog/notices";
import type { Catalog } from "../catalog/state";

export interface Asked {
    /**
     * Keeps one call of the crawler's role: an operation of the catalog on a database, or on one of its tables.
     * @param values of the partition that the call changes
     */
    (operation: string, database: string, table?: string, values?: readonly string[]): void;
    /** Tells what the calls so far have changed. */
    tell(): void;
}

const changesOfDatabase: readonly string[] = ["CreateDatabase", "CreateTable", "DeleteTable"];

export function askedBy(role: string, { calls, events }: LocalContext, catalog: Catalog): Asked {
    const arn = (resource: string) => catalog.arn(resource);
    let changes: CatalogChange[] = [];
    const asked = (operation: string, database: string, table?: string, values?: readonly string[]) => {
        const input = { DatabaseName: database, TableName: table, Name: table };
        calls.record(role, {
            action: `glue:${operation}`,
            resources: glueResources(operation, input, arn),
            context: {},
        });
        const tables = table === undefined ? undefined : [table];
        if (values !== undefined) addPartition(changes, { operation, database, tables, partitions: [values] });
        else if (operation === "UpdateTable") changes.push({ operation, database, tables, partitions: [] });
        else if (changesOfDatabase.includes(operation)) changes.push({ operation, database, tables });
    };
    const tell = () => {
        for (const event of changes.flatMap((change) => catalogEvents(change, arn))) events.put(event);
        changes = [];
    };
    return Object.assign(asked, { tell });
}

/** Partitions of one table that are changed one after the other are one call on AWS. */
function addPartition(changes: CatalogChange[], change: CatalogChange): void {
    const last = changes.at(-1);
    const same =
        last?.partitions !== undefined &&
        last.operation === change.operation &&
        last.database === change.database &&
        last.tables?.[0] === change.tables?.[0];
    if (!same) changes.push(change);
    else changes[changes.length - 1] = { ...last, partitions: [...last.partitions, ...(change.partitions ?? [])] };
}
