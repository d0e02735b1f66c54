/** What is known of past crawls: metrics and lists. */
import type { CrawlerMetrics, CrawlerHistory } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";
import type { StoredCrawl } from "./state";

/** @param elapsed seconds since the start of the crawl that runs; undefined when none does */
export function metricsOf(name: string, crawls: readonly StoredCrawl[], elapsed: number | undefined): CrawlerMetrics {
    const finished = crawls.filter((crawl) => crawl.EndTime !== undefined);
    const runtimes = finished.map(runtimeOf).sort((a, b) => a - b);
    const last = finished.at(-1);
    const median = runtimes[Math.floor((runtimes.length - 1) / 2)] ?? 0;
    return {
        CrawlerName: name,
        TimeLeftSeconds: elapsed === undefined ? 0 : Math.max(0, median - elapsed),
        StillEstimating: elapsed !== undefined && runtimes.length === 0,
        LastRuntimeSeconds: last === undefined ? 0 : runtimeOf(last),
        MedianRuntimeSeconds: median,
        TablesCreated: last?.counts.tablesCreated ?? 0,
        TablesUpdated: last?.counts.tablesUpdated ?? 0,
        TablesDeleted: last?.counts.tablesDeleted ?? 0,
    };
}

/** As ListCrawls shows it. */
export function shownCrawl({ counts, ...crawl }: StoredCrawl): Wire<CrawlerHistory> {
    const summary = {
        TABLE: { ADD: counts.tablesCreated, UPDATE: counts.tablesUpdated, DELETE: counts.tablesDeleted },
        PARTITION: {
            ADD: counts.partitionsCreated,
            UPDATE: counts.partitionsUpdated,
            DELETE: counts.partitionsDeleted,
        },
    };
    return crawl.EndTime === undefined ? crawl : { ...crawl, Summary: JSON.stringify(summary) };
}

function runtimeOf(crawl: StoredCrawl): number {
    return (crawl.EndTime ?? crawl.StartTime) - crawl.StartTime;
}
