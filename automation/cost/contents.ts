/** What lies in the buckets of a lake and how often it is asked for, by the stated volumes. */
import type { Zone } from "../../components/lakeZones";
import type { Lake } from "./lake";
import { daysPerMonth, sum } from "./lines";
import type { DeclaredResource } from "./resources";
import { dailyGiB, readShare } from "./tables";

export interface Content {
    /** GiB and objects that each day adds. */
    readonly dailyGiB: number;
    readonly dailyObjects: number;
    /** GiB that are there whatever the age. */
    readonly fixedGiB: number;
    /** Requests a month. */
    readonly puts: number;
    readonly gets: number;
}

const nothing: Content = { dailyGiB: 0, dailyObjects: 0, fixedGiB: 0, puts: 0, gets: 0 };

type Kind = Zone | "audit-logs";

/** By the end of its name, as DataLakeBuckets names its buckets and AuditTrail its own; undefined for any other bucket. */
export function kindOf(bucket: DeclaredResource, lake: Lake): Kind | undefined {
    if (lake.fromAncestor(bucket, "lakeworks:index:AuditTrail", () => true) !== undefined) {
        return "audit-logs";
    }
    return /-(bronze|silver|gold|scripts|athena-results|access-logs)$/.exec(bucket.name)?.[1] as Zone | undefined;
}

export function contentOf(kind: Kind, lake: Lake): Content {
    const { volumes } = lake;
    switch (kind) {
        case "bronze":
            return added(lake, (dataset) => {
                const { rawGiBPerDay, rawFilesPerDay } = lake.volumesOfDataset(dataset);
                // The job reads each file once, as its bookmarks let it.
                const requests = rawFilesPerDay * daysPerMonth;
                return {
                    ...nothing,
                    dailyGiB: rawGiBPerDay,
                    dailyObjects: rawFilesPerDay,
                    puts: requests,
                    gets: requests,
                };
            });
        case "silver":
            return added(lake, (dataset) => tableContent(dataset, lake));
        case "athena-results":
            return added(lake, (dataset) => {
                const { queriesPerDay, resultMiBPerQuery } = lake.volumesOfDataset(dataset);
                // Each query writes its result and a file of metadata, and the client reads the result.
                return {
                    ...nothing,
                    dailyGiB: (queriesPerDay * resultMiBPerQuery) / 1024,
                    dailyObjects: 2 * queriesPerDay,
                    puts: 2 * queriesPerDay * daysPerMonth,
                    gets: queriesPerDay * daysPerMonth,
                };
            });
        case "gold":
            return { ...nothing, fixedGiB: volumes.lake.goldGiB };
        case "scripts":
            return { ...nothing, fixedGiB: volumes.lake.scriptsGiB };
        case "access-logs":
            return { ...nothing, dailyGiB: logged(requests(lake), volumes.lake.accessLogBytesPerRequest) };
        case "audit-logs":
            return { ...nothing, dailyGiB: logged(requests(lake, watchedKinds), volumes.lake.auditBytesPerEvent) };
    }
}

function tableContent(dataset: string, lake: Lake): Content {
    const { tableFilesPerDay, queriesPerDay, getsPerFile } = lake.volumesOfDataset(dataset);
    const tables = lake.tablesOf(dataset);
    const share = sum(tables.map((table) => readShare(table, lake))) / Math.max(tables.length, 1);
    const filesRead = tableFilesPerDay * lake.volumes.lake.ageDays * share;
    return {
        ...nothing,
        dailyGiB: sum(tables.map((table) => dailyGiB(table, lake))),
        dailyObjects: tableFilesPerDay * tables.length,
        puts: tableFilesPerDay * tables.length * daysPerMonth,
        gets: queriesPerDay * daysPerMonth * filesRead * getsPerFile,
    };
}

/** Buckets that an audit trail watches: those of data. */
export const watchedKinds = ["bronze", "silver"] as const;

/** Requests a month to buckets of those kinds. */
export function requests(
    lake: Lake,
    kinds: readonly ("bronze" | "silver" | "athena-results")[] = [...watchedKinds, "athena-results"],
): { puts: number; gets: number } {
    const contents = kinds.map((kind) => contentOf(kind, lake));
    return { puts: sum(contents.map(({ puts }) => puts)), gets: sum(contents.map(({ gets }) => gets)) };
}

function logged({ puts, gets }: { puts: number; gets: number }, bytes: number): number {
    return ((puts + gets) / daysPerMonth) * (bytes / 1024 ** 3);
}

function added(lake: Lake, contentOfOne: (dataset: string) => Content): Content {
    return lake.datasets.map(contentOfOne).reduce(
        (all, one) => ({
            dailyGiB: all.dailyGiB + one.dailyGiB,
            dailyObjects: all.dailyObjects + one.dailyObjects,
            fixedGiB: all.fixedGiB + one.fixedGiB,
            puts: all.puts + one.puts,
            gets: all.gets + one.gets,
        }),
        nothing,
    );
}
