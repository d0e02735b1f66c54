/** What a job remembers: the ledger of the raw objects that it has read, and Glue's own bookmark above it. */
import { gunzipSync } from "node:zlib";
import { EntityNotFoundException, GetJobBookmarkCommand } from "@aws-sdk/client-glue";
import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { stateFolder } from "../components/lakeZones";
import { StepFailure } from "./errors";
import { parseLocation } from "./objects";
import type { LakeDataset } from "./session";

/** Version of the ledger that is read here. */
const ledgerVersion = 1;

/** Written by glue-scripts/lakeworks/bookmark.py. */
export interface Ledger {
    readonly objects: Readonly<Record<string, { readonly etag: string; readonly run: string }>>;
    readonly runs: readonly string[];
}

export interface BookmarkState {
    readonly dataset: string;
    /** Raw objects that have been read. */
    readonly objects: number;
    /** Of these, by the day of arrival; "" for what lies in no day's folder. */
    readonly byArrival: Readonly<Record<string, number>>;
    /** Runs that count. */
    readonly runs: number;
    /** Undefined before the first one. */
    readonly lastRun: string | undefined;
    /** Glue's count of runs; 0 after a reset, undefined before the first commit. */
    readonly glueRun: number | undefined;
}

/** @throws StepFailure for a ledger of a later Lakeworks */
export async function bookmarkOf(lake: LakeDataset): Promise<BookmarkState> {
    const { name, raw } = lake.dataset.contract;
    const { objects, runs } = await ledgerOf(lake);
    return {
        dataset: name,
        objects: Object.keys(objects).length,
        byArrival: byArrival(Object.keys(objects), raw.arrivalKey),
        runs: runs.length,
        lastRun: runs.at(-1),
        glueRun: await glueRun(lake),
    };
}

/** Numbers of keys by day, the days in order. */
export function byArrival(keys: readonly string[], arrivalKey: string): Record<string, number> {
    const days: Record<string, number> = {};
    for (const day of keys.map((key) => arrival(key, arrivalKey)).sort()) days[day] = (days[day] ?? 0) + 1;
    return days;
}

/** How many of the objects read a rewind forgets, as the job does: what lies in no day's folder always, without a day all. */
export function forgotten(state: Pick<BookmarkState, "byArrival">, since?: string): number {
    return Object.entries(state.byArrival)
        .filter(([day]) => since === undefined || day === "" || day >= since)
        .reduce((sum, [, objects]) => sum + objects, 0);
}

function arrival(key: string, arrivalKey: string): string {
    const head = `${arrivalKey}=`;
    const folder = key
        .split("/")
        .slice(0, -1)
        .find((part) => part.startsWith(head));
    const day = folder?.slice(head.length) ?? "";
    return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : "";
}

/** @throws StepFailure for a ledger of another version */
export function readLedger(content: Uint8Array, location: string): Ledger {
    const found = JSON.parse(gunzipSync(content).toString()) as Ledger & { readonly version: number };
    if (found.version === ledgerVersion) return found;
    throw new StepFailure(
        `The ledger at ${location} is of version ${found.version}, this program reads ${ledgerVersion}.`,
        {
            next: "Use the Lakeworks that wrote it.",
        },
    );
}

async function ledgerOf({ clients, of, dataset }: LakeDataset): Promise<Ledger> {
    const { bucket } = parseLocation(of.silverLocation);
    const key = `${stateFolder}${dataset.contract.name}/bookmark.json.gz`;
    try {
        const object = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return readLedger(await object.Body!.transformToByteArray(), `s3://${bucket}/${key}`);
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
