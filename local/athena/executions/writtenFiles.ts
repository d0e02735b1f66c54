/**
 * The files that a statement wrote. Trino puts its query's id into the name of each, so files of other statements in the
 * same folders, written meanwhile too, are told apart.
 */
import type { Table } from "@aws-sdk/client-glue";
import { isIceberg } from "../iceberg/metadata";
import { asFolder } from "../results/location";
import type { ObjectFinder } from "./objects";

/** @returns `s3://` addresses in the order of their names */
export async function filesWritten(finder: ObjectFinder, table: Table, queryId: string): Promise<string[]> {
    const roots = await rootsOf(finder, table);
    const found = (await Promise.all(roots.map((root) => filesOfQuery(finder, root, queryId)))).flat();
    // Statistics of an Iceberg table carry the id too.
    const isMetadata = (file: string) => isIceberg(table) && file.startsWith(`${roots[0]}metadata/`);
    return [...new Set(found)].filter((file) => !isMetadata(file)).sort();
}

/** @param location a folder, with all below it */
export async function filesOfQuery(finder: ObjectFinder, location: string, queryId: string): Promise<string[]> {
    const objects = await finder.list(asFolder(location));
    return objects
        .filter(({ key }) => key.slice(key.lastIndexOf("/") + 1).includes(queryId))
        .map(({ bucket, key }) => `s3://${bucket}/${key}`);
}

/** Folders below which everything of the table lies, its own first. */
async function rootsOf(finder: ObjectFinder, table: Table): Promise<string[]> {
    const root = asFolder(table.StorageDescriptor?.Location ?? "");
    if ((table.PartitionKeys ?? []).length === 0) return [root];
    const template = table.Parameters?.["storage.location.template"];
    const projected = template === undefined ? [] : [template.slice(0, template.search(/\$\{|$/))];
    const folders = [...projected, ...(await finder.allLocations(table))];
    return [root, ...folders.map(asFolder).filter((one) => !one.startsWith(root))];
}
