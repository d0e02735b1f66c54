/** What a job remembers: the ledger of the raw objects that it has read, and Glue's own bookmark above it. */
import { gunzipSync } from "node:zlib";
import { EntityNotFoundException, GetJobBookmarkCommand } from "@aws-sdk/client-glue";
import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { stateFolder } from "../components/lakeZones";
import { parseLocation } from "./objects";
import type { LakeDataset } from "./session";

/** Written by glue-scripts/lakeworks/bookmark.py. */
interface Ledger {
    readonly objects: Readonly<Record<string, { readonly etag: string; readonly run: string }>>;
    readonly runs: readonly string[];
}

export interface BookmarkState {
    readonly dataset: string;
    /** Raw objects that have been read. */
    readonly objects: number;
    /** Of these, by the folder that they arrived in. */
    readonly byArrival: Readonly<Record<string, number>>;
    /** Runs that count. */
    readonly runs: number;
    /** Undefined before the first one. */
    readonly lastRun: string | undefined;
    /** Glue's count of runs; 0 after a reset, undefined before the first commit. */
    readonly glueRun: number | undefined;
}

export async function bookmarkOf(lake: LakeDataset): Promise<BookmarkState> {
    const { objects, runs } = await ledgerOf(lake);
    const byArrival: Record<string, number> = {};
    for (const key of Object.keys(objects).sort()) {
        const folder = key.includes("/") ? key.slice(0, key.indexOf("/")) : "";
        byArrival[folder] = (byArrival[folder] ?? 0) + 1;
    }
    return {
        dataset: lake.dataset.contract.name,
        objects: Object.keys(objects).length,
        byArrival,
        runs: runs.length,
        lastRun: runs.at(-1),
        glueRun: await glueRun(lake),
    };
}

async function ledgerOf({ clients, of, dataset }: LakeDataset): Promise<Ledger> {
    const { bucket } = parseLocation(of.silverLocation);
    const key = `${stateFolder}${dataset.contract.name}/bookmark.json.gz`;
    try {
        const object = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return JSON.parse(gunzipSync(await object.Body!.transformToByteArray()).toString()) as Ledger;
    } catch (error) {
        if (error instanceof NoSuchKey) return { objects: {}, runs: [] };
        throw error;
    }
}

async function glueRun({ clients, of }: LakeDataset): Promise<number | undefined> {
    try {
        const { JobBookmarkEntry } = await clients.glue.send(new GetJobBookmarkCommand({ JobName: of.job }));
        return JobBookmarkEntry?.Run ?? 0;
    } catch (error) {
        if (error instanceof EntityNotFoundException) return undefined;
        throw error;
    }
}
