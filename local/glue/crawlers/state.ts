/** Crawlers and the history of their crawls, as kept on disk. */
import type { Crawler, CrawlerHistory, CrawlerTargets } from "@aws-sdk/client-glue";
import type { Wire } from "../../protocol/wire";

export type StoredTargets = Wire<CrawlerTargets>;

/** State, elapsed time and the like are of the run, not kept: after a restart every crawler is ready. */
export type StoredCrawler = Wire<Crawler> & { Name: string; Role: string; Targets: StoredTargets; Version: number };

export interface StoredCrawl extends Wire<CrawlerHistory> {
    CrawlId: string;
    /** Seconds. */
    StartTime: number;
    counts: CrawlCounts;
}

/** What one crawl changed in the catalog. */
export interface CrawlCounts {
    tablesCreated: number;
    tablesUpdated: number;
    tablesDeleted: number;
    partitionsCreated: number;
    partitionsUpdated: number;
    partitionsDeleted: number;
}

export function noCounts(): CrawlCounts {
    return {
        tablesCreated: 0,
        tablesUpdated: 0,
        tablesDeleted: 0,
        partitionsCreated: 0,
        partitionsUpdated: 0,
        partitionsDeleted: 0,
    };
}

export interface CrawlersState {
    crawlers: Record<string, StoredCrawler>;
    /** Newest last, by crawler. */
    crawls: Record<string, StoredCrawl[]>;
}
