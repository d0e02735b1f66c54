/**
 * The files of a crawl of new folders only.
 * @see https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html
 */
import type { S3Target } from "@aws-sdk/client-glue";
import type { Pattern } from "../../patterns";
import type { Wire } from "../../protocol/wire";
import type { TableEntry } from "../catalog/state";
import { folderUrl } from "./catalogWriter";
import type { Classified } from "./classify";
import { classifyAll } from "./classifyAll";
import type { Crawl } from "./crawl";
import { classificationOf } from "./descriptor";
import { globPattern } from "./glob";
import { similarEnough } from "./grouping";
import { listFolder, urlOf, type DataObject, type S3Location } from "./listing";
import { rememberedFolders, rememberedSchema } from "./remembered";
import { similarity } from "./types";

/**
 * Reads the folders that no earlier crawl registered, and lists no others. Files that fit no table of the crawler's
 * are left out and logged: such a crawl makes no table and changes none.
 */
export async function newFiles(
    crawl: Crawl,
    target: Wire<S3Target>,
    root: S3Location,
    known: readonly TableEntry[],
): Promise<Classified[]> {
    const registered = new Set(
        known.flatMap((entry) => rememberedFolders(crawl.catalog, entry, root).map(({ location }) => location)),
    );
    const objects = await listNew(crawl, root, registered, (target.Exclusions ?? []).map(globPattern));
    crawl.log.info(`${objects.length} objects in new folders`);
    const files = await classifyAll(crawl, objects, target.SampleSize);
    return files.filter((file) => {
        const entry = known.find(({ table }) =>
            urlOf(file.object).startsWith(folderUrl(table.StorageDescriptor?.Location)),
        );
        const reason = entry === undefined ? "is of no table that the first crawl found" : misfit(crawl, file, entry);
        if (reason !== undefined) crawl.log.warn(`${urlOf(file.object)} ${reason}: left out`);
        return reason === undefined;
    });
}

async function listNew(
    { s3, signal }: Crawl,
    root: S3Location,
    registered: ReadonlySet<string>,
    exclusions: readonly Pattern[],
): Promise<DataObject[]> {
    const found: DataObject[] = [];
    const toList = [root.prefix];
    for (let key = toList.pop(); key !== undefined; key = toList.pop()) {
        const { objects, folders } = await listFolder(s3, root, key, exclusions, signal);
        if (!registered.has(`s3://${root.bucket}/${key}`)) found.push(...objects);
        toList.push(...folders.filter((folder) => !registered.has(`s3://${root.bucket}/${folder}`)));
    }
    return found;
}

function misfit(crawl: Crawl, file: Classified, { table }: TableEntry): string | undefined {
    const { classification, delimiter } = table.Parameters ?? {};
    if (classificationOf(file) !== classification)
        return `is ${classificationOf(file)}, table ${table.Name} is ${classification}`;
    if (file.csv?.delimiter !== delimiter) return `is not delimited as table ${table.Name} is`;
    const alike = similarity(file.schema, rememberedSchema(table.StorageDescriptor)) >= similarEnough;
    return alike || crawl.configuration.combine ? undefined : `has other columns than table ${table.Name}`;
}
