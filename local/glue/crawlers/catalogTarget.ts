/** Crawls a declared table: adds the partitions that its folders have and the catalog lacks. */
import type { CatalogTarget, TableInput } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";
import { addPartition, partitionKey } from "../catalog/partitionStore";
import { own, type StoredTable, type TableEntry } from "../catalog/state";
import { updateTable } from "../catalog/tables";
import type { Classified } from "./classify";
import { classifyAll } from "./classifyAll";
import type { Crawl } from "./crawl";
import { classificationOf, columnsOf, statisticsOf } from "./descriptor";
import { hiveFolder, schemaOf } from "./grouping";
import { folderOf, listObjects, parseLocation, urlOf, type DataObject } from "./listing";

export async function crawlCatalogTarget(crawl: Crawl, target: Wire<CatalogTarget>): Promise<void> {
    for (const name of target.Tables ?? []) {
        crawl.asked("GetTable", target.DatabaseName ?? "", name);
        await crawlTable(crawl, crawl.catalog.table({}, target.DatabaseName, name));
    }
}

async function crawlTable(crawl: Crawl, entry: TableEntry): Promise<void> {
    const { table } = entry;
    const location = table.StorageDescriptor?.Location;
    if (location === undefined) throw new Error(`Table ${table.Name} has no location to crawl.`);
    const root = folderOf(parseLocation(location));
    const objects = await listObjects(crawl.s3, root, [], crawl.signal);
    const byFolder = foldersOf(crawl, table, objects);
    crawl.asked("GetPartitions", table.DatabaseName, table.Name);
    const registered = crawl.catalog.partitionsOf(entry).state;
    const partitioned = (table.PartitionKeys ?? []).length > 0;
    const fresh = partitioned
        ? [...byFolder.values()].filter(({ values }) => own(registered, partitionKey(values)) === undefined)
        : [];
    const updates = crawl.crawler.SchemaChangePolicy?.UpdateBehavior !== "LOG";
    // For the table's statistics every file counts; to add partitions, only theirs are read.
    const toRead = updates ? [...byFolder.values()] : fresh;
    const files = await classifyAll(
        crawl,
        toRead.flatMap((folder) => folder.objects),
    );
    crawl.signal.throwIfAborted();
    checkFiles(crawl, table, files);
    for (const { values, objects: ofFolder } of fresh) {
        const inFolder = files.filter((file) => ofFolder.includes(file.object));
        const parameters = statisticsOf(inFolder);
        const [first] = ofFolder as [DataObject, ...DataObject[]];
        const folderLocation = urlOf({ bucket: first.bucket, key: first.key.slice(0, first.key.lastIndexOf("/") + 1) });
        const descriptor = { ...table.StorageDescriptor, Location: folderLocation, Parameters: parameters };
        crawl.asked("BatchCreatePartition", table.DatabaseName, table.Name, values);
        addPartition(crawl.catalog, entry, { Values: values, StorageDescriptor: descriptor, Parameters: parameters });
        crawl.counts.partitionsCreated += 1;
    }
    crawl.log.info(`Table ${table.Name}: ${objects.length} objects, ${fresh.length} new partitions`);
    logGone(crawl, table, Object.keys(registered), byFolder);
    if (updates && files.length > 0) updateStatistics(crawl, table, files);
}

interface Folder {
    readonly values: string[];
    readonly objects: DataObject[];
}

/** Folders by partition key; one that does not spell the table's keys, in their order, is no partition of it. */
function foldersOf(crawl: Crawl, table: StoredTable, objects: readonly DataObject[]): Map<string, Folder> {
    const keys = (table.PartitionKeys ?? []).map((key) => (key.Name ?? "").toLowerCase());
    const folders = new Map<string, Folder>();
    for (const object of objects) {
        const parts = object.folders.map(hiveFolder);
        const fits = parts.length === keys.length && parts.every((part, index) => part?.key === keys[index]);
        if (!fits && keys.length > 0) {
            crawl.log.warn(
                `${urlOf(object)} is not in a folder of the table's partition keys (${keys.join(", ")}): left out`,
            );
            continue;
        }
        const values = keys.length === 0 ? [] : parts.map((part) => part?.value ?? "");
        const folder = folders.get(partitionKey(values)) ?? { values, objects: [] };
        folder.objects.push(object);
        folders.set(partitionKey(values), folder);
    }
    return folders;
}

/** @throws when a file is of another format than the table: Athena could not read the partition. */
function checkFiles(crawl: Crawl, table: StoredTable, files: readonly Classified[]): void {
    const format = table.Parameters?.classification;
    if (format === undefined) {
        throw new Error(
            `Table ${table.Name} has no parameter "classification", so its files cannot be checked against it.`,
        );
    }
    const other = files.find((file) => classificationOf(file) !== format);
    if (other !== undefined) {
        throw new Error(
            `${urlOf(other.object)} is ${classificationOf(other)}, but table ${table.Name} is declared as ${format}.`,
        );
    }
    if (files.length === 0) return;
    const declared = new Map(
        table.StorageDescriptor?.Columns?.map((column) => [column.Name?.toLowerCase(), column.Type]),
    );
    for (const { Name, Type } of columnsOf(schemaOf(files))) {
        if (declared.get(Name) === Type) continue;
        const shown = declared.get(Name) ?? "not a column of the table";
        crawl.log.warn(
            `Table ${table.Name}: the files' column ${Name} is ${Type}, declared: ${shown}; the table is not changed`,
        );
    }
}

function logGone(
    crawl: Crawl,
    table: StoredTable,
    registered: readonly string[],
    found: ReadonlyMap<string, Folder>,
): void {
    if ((table.PartitionKeys ?? []).length === 0) return;
    for (const key of registered) {
        if (!found.has(key))
            crawl.log.info(`The files of partition ${key} of table ${table.Name} are gone; not changed`);
    }
}

function updateStatistics(crawl: Crawl, table: StoredTable, files: readonly Classified[]): void {
    const { averageRecordSize, objectCount, recordCount, sizeKey } = statisticsOf(files);
    const found = { averageRecordSize, objectCount, recordCount, sizeKey, UPDATED_BY_CRAWLER: crawl.crawler.Name };
    const current = table.Parameters ?? {};
    if (Object.entries(found).every(([name, value]) => current[name] === value)) return;
    const after = { ...table, Parameters: { ...current, ...found } as Record<string, string> };
    const input = { DatabaseName: table.DatabaseName, TableInput: after as unknown as TableInput, SkipArchive: true };
    crawl.asked("UpdateTable", table.DatabaseName, table.Name);
    updateTable(crawl.catalog, input);
    crawl.counts.tablesUpdated += 1;
}
