/** Classifies many objects, several at once. */
import { classify, type Classified } from "./classify";
import type { Crawl } from "./crawl";
import { urlOf, type DataObject } from "./listing";

const atOnce = 8;

/**
 * @param perFolder how many objects of a folder are read, as the target's SampleSize says; the others are taken to be
 * like the folder's last one that was. @default all
 */
export async function classifyAll(
    crawl: Pick<Crawl, "s3" | "signal" | "log" | "classifiers">,
    objects: readonly DataObject[],
    perFolder = Infinity,
): Promise<Classified[]> {
    const inFolder = new Map<string, number>();
    const read = objects.filter((object) => {
        const folder = object.folders.join("/");
        const position = inFolder.get(folder) ?? 0;
        inFolder.set(folder, position + 1);
        return position < perFolder;
    });
    // What fails one object ends the crawl: the others are not looked at any more.
    const failure = new AbortController();
    const signal = AbortSignal.any([crawl.signal, failure.signal]);
    const classified = await mapAtOnce(read, async (object) => {
        signal.throwIfAborted();
        try {
            return await classify(crawl.s3, object, signal, crawl.classifiers);
        } catch (error) {
            failure.abort(error);
            throw error;
        }
    });
    for (const { malformed, object, format } of classified) {
        const instead = format === "csv" ? "have another number of columns" : "are not JSON objects";
        if (malformed > 0) crawl.log.warn(`${urlOf(object)}: ${malformed} lines of the sample ${instead}`);
    }
    const quoted = classified.find((file) => file.quoted && file.csv?.openCsvQuote === undefined);
    if (quoted !== undefined) {
        crawl.log.warn(
            `${urlOf(quoted.object)} has values in quotes, which LazySimpleSerDe does not read: a query shows the quotes, ` +
                "and takes a delimiter between them for the end of the value. OpenCSVSerDe reads them: give the crawler a CSV classifier with a QuoteSymbol",
        );
    }
    if (read.length === objects.length) return classified;
    const samples = new Map(classified.map((file) => [file.object.folders.join("/"), file]));
    const done = new Map(classified.map((file) => [file.object, file]));
    return objects.flatMap((object) => done.get(object) ?? likeSample(object, samples.get(object.folders.join("/"))));
}

function likeSample(object: DataObject, sample: Classified | undefined): Classified[] {
    if (sample === undefined) return [];
    const records = Math.round((sample.records * object.size) / sample.object.size);
    return [{ ...sample, object, records, malformed: 0 }];
}

async function mapAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
    const results: R[] = [];
    let next = 0;
    const worker = async () => {
        while (next < items.length) {
            const index = next++;
            results[index] = await work(items[index] as T);
        }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
    return results;
}
