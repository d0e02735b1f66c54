/** One run of one crawler. */
import type { S3Client } from "@aws-sdk/client-s3";
import type { StoredClassifier } from "../classifiers";
import type { Catalog } from "../catalog/state";
import type { Asked } from "./asked";
import { crawlCatalogTarget } from "./catalogTarget";
import { CatalogWriter } from "./catalogWriter";
import { parseConfiguration, type CrawlerConfiguration } from "./configuration";
import type { CrawlLog } from "./crawlLog";
import { crawlS3Target } from "./s3Target";
import type { Sqs } from "./sqs";
import type { CrawlCounts, StoredCrawler } from "./state";

/** What the steps of a crawl share. */
export interface Crawl {
    readonly crawler: StoredCrawler;
    readonly configuration: CrawlerConfiguration;
    readonly catalog: Catalog;
    readonly asked: Asked;
    readonly writer: CatalogWriter;
    /** The crawler's own, in its order. */
    readonly classifiers: readonly StoredClassifier[];
    readonly s3: S3Client;
    readonly sqs: Sqs;
    /** Has a crawl with these settings succeeded already? In event mode that one listed the target. */
    readonly eventMode: boolean;
    readonly log: CrawlLog;
    readonly counts: CrawlCounts;
    /** Aborted by StopCrawler. */
    readonly signal: AbortSignal;
}

/** @throws with the reason when a target cannot be crawled; what earlier targets gave stays in the catalog. */
export async function runCrawl(parts: Omit<Crawl, "configuration" | "writer">): Promise<void> {
    const { crawler, catalog, counts, log, asked } = parts;
    const configuration = parseConfiguration(crawler.Configuration);
    const writer = new CatalogWriter(catalog, crawler, configuration, counts, log, asked);
    const crawl: Crawl = { ...parts, configuration, writer };
    log.benchmark(`Running Start Crawl for Crawler ${crawler.Name}`);
    for (const target of crawler.Targets.S3Targets ?? []) await crawlS3Target(crawl, target);
    for (const target of crawler.Targets.CatalogTargets ?? []) await crawlCatalogTarget(crawl, target);
    log.benchmark("Finished writing to Catalog");
}
