/** Sample raw data: generated, uploaded once, continued by whole days. */
import { addCounts, noCounts, type GenerateCounts, type GeneratedFile, type LoadedDataset } from "../datasets";
import { StepFailure } from "./errors";
import { sha256, type ObjectStore } from "./objects";

/** What decides the content of every seeded file. */
export interface SeedShape {
    readonly rows: number;
    readonly days: number;
    readonly start: string;
    readonly seed: number;
    readonly badRate: number;
    readonly duplicateRate: number;
    readonly lateRate: number;
}

export const defaultShape: SeedShape = {
    rows: 100_000,
    days: 90,
    start: "2024-01-01",
    seed: 42,
    badRate: 0.02,
    duplicateRate: 0.01,
    lateRate: 0.01,
};

/** What was seeded, kept in the bronze bucket outside of every dataset's prefix. */
interface SeedRecord {
    readonly shape: SeedShape;
    /** Index of the first day that has not been seeded. */
    readonly nextDay: number;
    /** From this day on to `nextDay` not all may be there: a seeding of them has begun and not ended. */
    readonly unfinishedFrom?: number;
}

export interface SeedResult {
    readonly shape: SeedShape;
    /** Of all files of the days asked for, whether uploaded now or before. */
    readonly counts: GenerateCounts;
    readonly objects: number;
    readonly uploaded: { readonly objects: number; readonly bytes: number };
    /** Whether more days were asked for and those of an earlier seeding, cut short, were done instead. */
    readonly finished: boolean;
}

export interface SeedRequest {
    /** Values the user gave; the rest is what was seeded before, or the defaults. */
    readonly shape: Partial<SeedShape>;
    /** Whole days to add after the last one, instead of the shape's own days. */
    readonly moreDays?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (objects: number, counts: GenerateCounts) => void;
}

const concurrency = 8;

const recordKeyOf = (dataset: LoadedDataset) => `_lakeworks/seed/${dataset.contract.name}.json`;

export async function isSeeded(store: ObjectStore, dataset: LoadedDataset): Promise<boolean> {
    return (await store.getText(recordKeyOf(dataset))) !== undefined;
}

/**
 * Seeds the days of a shape, or some more days after them. A file whose key, size and checksum are already there is
 * left alone: a new last-modified time would make the job's bookmark take it for new data.
 * @throws StepFailure when other data was seeded before, or there is nothing to continue.
 */
export async function seed(
    store: ObjectStore,
    dataset: LoadedDataset,
    prefix: string,
    request: SeedRequest,
): Promise<SeedResult> {
    const recordKey = recordKeyOf(dataset);
    const text = await store.getText(recordKey);
    const record = text === undefined ? undefined : (JSON.parse(text) as SeedRecord);
    const shape = settle(dataset.contract.name, record, request);
    const { unfinishedFrom, nextDay: known = 0 } = record ?? {};
    const firstDay = request.moreDays === undefined ? 0 : (unfinishedFrom ?? known);
    const nextDay = Math.max(firstDay + (request.moreDays ?? shape.days), known);
    const dayCount = request.moreDays === undefined ? shape.days : nextDay - firstDay;
    // Written first: after a seeding that was cut short, the same command finishes it.
    const write = (own: Partial<SeedRecord>) =>
        store.put(recordKey, Buffer.from(JSON.stringify({ shape, nextDay, ...own } satisfies SeedRecord)));
    await write({ unfinishedFrom: Math.min(firstDay, unfinishedFrom ?? firstDay) });

    const present = await store.list(prefix);
    let counts = noCounts;
    let objects = 0;
    const uploaded = { objects: 0, bytes: 0 };
    const put = async (file: GeneratedFile) => {
        const key = prefix + file.key;
        const same = present.get(key) === file.body.length && (await store.recordedChecksum(key)) === sha256(file.body);
        if (!same) {
            await store.put(key, file.body);
            uploaded.objects += 1;
            uploaded.bytes += file.body.length;
        }
        counts = addCounts(counts, file.counts);
        objects += 1;
        request.onProgress?.(objects, counts);
    };

    const running = new Set<Promise<void>>();
    try {
        for await (const file of dataset.generate({ ...shape, firstDay, dayCount })) {
            request.signal?.throwIfAborted();
            // A failed upload stays in the set for the next wait to meet; until then its error is not "unhandled".
            const upload: Promise<void> = put(file).then(() => void running.delete(upload));
            upload.catch(() => undefined);
            running.add(upload);
            if (running.size >= concurrency) await Promise.race(running);
        }
        await Promise.all(running);
    } finally {
        await Promise.allSettled(running);
    }
    const rest = Math.max(unfinishedFrom ?? nextDay, firstDay + dayCount);
    await write({ unfinishedFrom: rest < nextDay ? rest : undefined });
    const finished = request.moreDays !== undefined && unfinishedFrom !== undefined;
    return { shape, counts, objects, uploaded, finished };
}

/** The shape to seed: what was asked for, on top of what is there. */
function settle(dataset: string, record: SeedRecord | undefined, request: SeedRequest): SeedShape {
    if (record === undefined) {
        if (request.moreDays !== undefined) {
            throw new StepFailure(`Cannot add days to ${dataset}: nothing has been seeded yet.`, {
                next: `Run "lakeworks seed" without --more-days first.`,
            });
        }
        return { ...defaultShape, ...request.shape };
    }
    const shape = { ...record.shape, ...request.shape };
    const changed = (Object.keys(record.shape) as (keyof SeedShape)[]).filter(
        (key) => shape[key] !== record.shape[key],
    );
    if (changed.length > 0) {
        const list = changed.map((key) => `${key} ${record.shape[key]} (asked for: ${shape[key]})`).join(", ");
        throw new StepFailure(
            `Bronze already holds ${dataset} data seeded with ${list}; mixing the two would count rows twice.`,
            {
                next: `Leave these options out to keep the data, add days with --more-days, or start anew after "lakeworks destroy".`,
            },
        );
    }
    return shape;
}
