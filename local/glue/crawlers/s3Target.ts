/** Crawls one S3 target: list, classify, group, write. */
import type { S3Target } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";
import { folderUrl } from "./catalogWriter";
import { classifyAll } from "./classifyAll";
import type { Crawl } from "./crawl";
import { globPattern } from "./glob";
import { groupFiles, type FoundTable } from "./grouping";
import { folderOf, listObjects, parseLocation, type DataObject, type S3Location } from "./listing";

export async function crawlS3Target(crawl: Crawl, target: Wire<S3Target>): Promise<void> {
    const { writer, log, signal, configuration } = crawl;
    const root = folderOf(parseLocation(target.Path ?? ""));
    const objects = await listObjects(crawl.s3, root, (target.Exclusions ?? []).map(globPattern), signal);
    const onlyNew = crawl.crawler.RecrawlPolicy?.RecrawlBehavior === "CRAWL_NEW_FOLDERS_ONLY";
    const known = onlyNew ? knownFolders(crawl, root) : undefined;
    const wanted =
        known === undefined ? objects : objects.filter((object) => !known.folders.has(folderOfObject(object)));
    log.info(`${objects.length} objects in ${urlOfFolder(root)}, ${wanted.length} to read`);
    if (objects.length === 0) log.warn(`There is no data in ${urlOfFolder(root)}`);
    const files = await classifyAll(crawl, wanted, target.SampleSize);
    const { combine, tableLevel } = configuration;
    const tables = groupFiles(root, files, { combine, tableLevel, knownTables: known?.tables });
    log.benchmark(`Classification complete, writing results to database ${crawl.crawler.DatabaseName}`);
    signal.throwIfAborted();
    const written = tables.map((found) => ({ found, entry: writer.write(found) }));
    if (onlyNew) return;
    for (const { found, entry } of written) writer.removePartitions(entry, foldersOf(found), urlOfFolder(root));
    const names = new Set(written.map(({ entry }) => entry.table.Name));
    for (const entry of tablesBelow(crawl, root)) if (!names.has(entry.table.Name)) writer.removeTable(entry);
}

/** What earlier crawls registered below the target: locations of tables, and of folders whose files need not be read. */
function knownFolders(crawl: Crawl, root: S3Location): { tables: string[]; folders: Set<string> } {
    const entries = tablesBelow(crawl, root);
    const folders = entries.flatMap((entry) => {
        const partitions = Object.values(crawl.catalog.partitionsOf(entry).state);
        const ofPartitions = partitions.map(({ partition }) => folderUrl(partition.StorageDescriptor?.Location));
        return (entry.table.PartitionKeys ?? []).length > 0 ? ofPartitions : [locationOf(entry)];
    });
    return { tables: entries.map(locationOf), folders: new Set(folders) };
}

function tablesBelow(crawl: Crawl, root: S3Location) {
    return crawl.writer.ownTables().filter((entry) => locationOf(entry).startsWith(urlOfFolder(root)));
}

function locationOf(entry: { table: { StorageDescriptor?: { Location?: string } } }): string {
    return folderUrl(entry.table.StorageDescriptor?.Location);
}

function foldersOf(found: FoundTable): Set<string> {
    return new Set(found.partitions.map((partition) => partition.location));
}

function folderOfObject(object: DataObject): string {
    return `s3://${object.bucket}/${object.key.slice(0, object.key.lastIndexOf("/") + 1)}`;
}

function urlOfFolder(root: S3Location): string {
    return `s3://${root.bucket}/${root.prefix}`;
}
