/** Crawls one S3 target: list, classify, group, write. */
import type { S3Target } from "@aws-sdk/client-glue";
import type { Pattern } from "../../patterns";
import type { Wire } from "../../protocol/wire";
import type { TableEntry } from "../catalog/state";
import { folderUrl } from "./catalogWriter";
import type { Classified } from "./classify";
import { classifyAll } from "./classifyAll";
import type { Crawl } from "./crawl";
import { readEvents } from "./events";
import { globPattern } from "./glob";
import { groupFiles, type FoundTable } from "./grouping";
import { folderOf, listFolder, listObjects, parseLocation, type S3Location } from "./listing";
import { newFiles } from "./newFolders";
import { rememberedFolders } from "./remembered";

export async function crawlS3Target(crawl: Crawl, target: Wire<S3Target>): Promise<void> {
    const root = folderOf(parseLocation(target.Path ?? ""));
    const known = crawl.writer.ownTables().filter((entry) => locationOf(entry).startsWith(urlOfFolder(root)));
    switch (crawl.crawler.RecrawlPolicy?.RecrawlBehavior) {
        case "CRAWL_NEW_FOLDERS_ONLY":
            // The first crawl finds the tables; later ones add to them.
            if (known.length === 0) return crawlEverything(crawl, target, root, known);
            writeTables(crawl, root, await newFiles(crawl, target, root, known), known);
            return;
        case "CRAWL_EVENT_MODE":
            if (crawl.eventMode) return crawlAnnounced(crawl, target, root, known);
            crawl.log.info("Crawl is not running in S3 event mode");
            return crawlEverything(crawl, target, root, known);
        default:
            return crawlEverything(crawl, target, root, known);
    }
}

async function crawlEverything(
    crawl: Crawl,
    target: Wire<S3Target>,
    root: S3Location,
    known: readonly TableEntry[],
): Promise<void> {
    const objects = await listObjects(crawl.s3, root, patternsOf(target), crawl.signal);
    crawl.log.info(`${objects.length} objects in ${urlOfFolder(root)}`);
    if (objects.length === 0) crawl.log.warn(`There is no data in ${urlOfFolder(root)}`);
    const files = await classifyAll(crawl, objects, target.SampleSize);
    removeGone(crawl, root, known, writeTables(crawl, root, files));
}

/** Reads the folders that Amazon S3 announced again; the others are as the catalog remembers them. */
async function crawlAnnounced(
    crawl: Crawl,
    target: Wire<S3Target>,
    root: S3Location,
    known: readonly TableEntry[],
): Promise<void> {
    const { log, s3, signal, catalog } = crawl;
    const exclusions = patternsOf(target);
    log.info("The crawl is running by consuming Amazon S3 events.");
    const announced = await readEvents(crawl.sqs, target.EventQueueArn ?? "", root, exclusions, log, signal);
    if (announced.folders.size > 0) {
        const listed = [];
        for (const key of announced.folders) listed.push(await listFolder(s3, root, key, exclusions, signal));
        const read = await classifyAll(
            crawl,
            listed.flatMap(({ objects }) => objects),
        );
        const again = new Set([...announced.folders].map((key) => urlOfFolder({ ...root, prefix: key })));
        const kept = known
            .flatMap((entry) => rememberedFolders(catalog, entry, root))
            .filter(({ location }) => !again.has(location));
        const files = [...kept.map(({ file }) => file), ...read];
        removeGone(crawl, root, known, writeTables(crawl, root, files, known));
    }
    await announced.done();
}

/** @param known tables that files below their location are of, however unlike them they are */
function writeTables(
    crawl: Crawl,
    root: S3Location,
    files: readonly Classified[],
    known?: readonly TableEntry[],
): { found: FoundTable; entry: TableEntry }[] {
    const { combine, tableLevel } = crawl.configuration;
    const tables = groupFiles(root, files, { combine, tableLevel, knownTables: known?.map(locationOf) });
    crawl.log.benchmark(`Classification complete, writing results to database ${crawl.crawler.DatabaseName}`);
    crawl.signal.throwIfAborted();
    return tables.map((found) => ({ found, entry: crawl.writer.write(found) }));
}

/** Treats what earlier crawls registered and this one did not find by the delete behavior. */
function removeGone(
    { writer }: Crawl,
    root: S3Location,
    known: readonly TableEntry[],
    written: readonly { found: FoundTable; entry: TableEntry }[],
): void {
    for (const { found, entry } of written) {
        const locations = new Set(found.partitions.map((partition) => partition.location));
        writer.removePartitions(entry, locations, urlOfFolder(root));
    }
    const names = new Set(written.map(({ entry }) => entry.table.Name));
    for (const entry of known) if (!names.has(entry.table.Name)) writer.removeTable(entry);
}

function patternsOf(target: Wire<S3Target>): Pattern[] {
    return (target.Exclusions ?? []).map(globPattern);
}

function locationOf(entry: TableEntry): string {
    return folderUrl(entry.table.StorageDescriptor?.Location);
}

function urlOfFolder(root: S3Location): string {
    return `s3://${root.bucket}/${root.prefix}`;
}
