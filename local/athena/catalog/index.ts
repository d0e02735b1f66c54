/** Athena's statements that are the catalog's business: Trino has none of them. */
import type { CatalogAction } from "../statements/types";
import { alterTable } from "./alterTable";
import { createIcebergTable } from "./icebergTables";
import { addPartitions, dropPartitions, repairTable, showPartitions } from "./partitions";
import type { CatalogSession, TextResult } from "./shared";
import { describeTable, showColumns, showCreateTable, showDatabases, showProperties, showTables } from "./show";
import { createDatabase, createTable, dropDatabase, dropTable, setDatabaseProperties } from "./tables";

/** @throws QueryFault where Athena fails the statement */
export function runOnCatalog(session: CatalogSession, action: CatalogAction): Promise<TextResult> {
    switch (action.do) {
        case "createDatabase":
            return createDatabase(session, action);
        case "setDatabaseProperties":
            return setDatabaseProperties(session, action);
        case "dropDatabase":
            return dropDatabase(session, action);
        case "createTable":
            return createTable(session, action);
        case "createIcebergTable":
            return createIcebergTable(session, action);
        case "dropTable":
            return dropTable(session, action);
        case "repairTable":
            return repairTable(session, action);
        case "addPartitions":
            return addPartitions(session, action);
        case "dropPartitions":
            return dropPartitions(session, action);
        case "addColumns":
        case "replaceColumns":
        case "changeColumn":
        case "dropColumn":
        case "setLocation":
        case "renamePartition":
        case "setProperties":
        case "unsetProperties":
        case "renameTable":
            return alterTable(session, action);
        case "showDatabases":
            return showDatabases(session, action);
        case "showTables":
            return showTables(session, action);
        case "showColumns":
            return showColumns(session, action);
        case "showPartitions":
            return showPartitions(session, action);
        case "showProperties":
            return showProperties(session, action);
        case "showCreateTable":
            return showCreateTable(session, action);
        case "describe":
            return describeTable(session, action);
    }
}
