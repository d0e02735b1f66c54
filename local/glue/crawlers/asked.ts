/** What a crawl does in the catalog. Here it is done without requests; on AWS they are the crawler's role's, so they are kept as such. */
import { glueResources } from "../../calls/glue";
import type { LocalContext } from "../../context";
import type { Catalog } from "../catalog/state";

/** Keeps one call of the crawler's role: an operation of the catalog on a database, or on one of its tables. */
export type Asked = (operation: string, database: string, table?: string) => void;

export function askedBy(role: string, { calls }: LocalContext, catalog: Catalog): Asked {
    return (operation, database, table) => {
        const input = { DatabaseName: database, TableName: table, Name: table };
        const resources = glueResources(operation, input, (resource) => catalog.arn(resource));
        calls.record(role, { action: `glue:${operation}`, resources, context: {} });
    };
}
