/** A local AWS with a bucket to crawl, and what tests of crawlers say again and again. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as glue from "@aws-sdk/client-glue";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { TestLocal } from "./support";

/** A bucket of its own for each test file. */
export const bucket = "crawl-test";
const database = "crawled";

export const parquet = fs.readFileSync(path.join(__dirname, "fixtures", "types.parquet"));

/** As the stack's raw crawler has it: one table of the prefix, whose partitions take their columns from it. */
export const rawConfiguration = JSON.stringify({
    Version: 1,
    CrawlerOutput: { Partitions: { AddOrUpdateBehavior: "InheritFromTable" } },
    Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas", TableLevelConfiguration: 2 },
});

export class CrawlerLake {
    readonly glue: glue.GlueClient;
    private readonly s3: S3Client;

    private constructor(readonly aws: TestLocal) {
        this.glue = aws.glue;
        this.s3 = aws.s3;
    }

    static async start(): Promise<CrawlerLake> {
        const lake = new CrawlerLake(await TestLocal.start());
        await lake.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        return lake;
    }

    async stop(): Promise<void> {
        await this.aws.stop();
    }

    async put(Key: string, Body: string | Buffer): Promise<void> {
        await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    }

    async remove(Key: string): Promise<void> {
        await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    }

    create(Name: string, more: Partial<glue.CreateCrawlerRequest>): Promise<glue.CreateCrawlerCommandOutput> {
        const request = { Name, Role: "crawler", DatabaseName: database, Targets: {}, ...more };
        return this.glue.send(new glue.CreateCrawlerCommand(request));
    }

    async getCrawler(Name: string): Promise<glue.Crawler> {
        return (await this.glue.send(new glue.GetCrawlerCommand({ Name }))).Crawler as glue.Crawler;
    }

    async getTable(Name: string, DatabaseName = database): Promise<glue.Table> {
        return (await this.glue.send(new glue.GetTableCommand({ DatabaseName, Name }))).Table as glue.Table;
    }

    async partitions(TableName: string, DatabaseName = database): Promise<glue.Partition[]> {
        return (await this.glue.send(new glue.GetPartitionsCommand({ DatabaseName, TableName }))).Partitions ?? [];
    }

    /** Names of the tables that crawlers made. */
    async tables(): Promise<string[]> {
        const { TableList = [] } = await this.glue.send(new glue.GetTablesCommand({ DatabaseName: database }));
        return TableList.map((table) => table.Name ?? "");
    }

    /** Starts a crawler and waits until it is ready again. */
    async crawl(Name: string): Promise<glue.Crawler> {
        await this.glue.send(new glue.StartCrawlerCommand({ Name }));
        return this.ready(Name);
    }

    async ready(name: string): Promise<glue.Crawler> {
        for (const deadline = Date.now() + 120_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
            const crawler = await this.getCrawler(name);
            if (crawler.State === "READY") return crawler;
            assert.ok(Date.now() < deadline, "the crawler does not get ready");
        }
    }

    async succeeds(name: string): Promise<glue.CrawlerMetrics> {
        const { LastCrawl } = await this.crawl(name);
        assert.deepEqual([LastCrawl?.Status, LastCrawl?.ErrorMessage], ["SUCCEEDED", undefined]);
        const request = { CrawlerNameList: [name] };
        return (await this.glue.send(new glue.GetCrawlerMetricsCommand(request)))
            .CrawlerMetricsList?.[0] as glue.CrawlerMetrics;
    }

    async fails(name: string): Promise<string> {
        const { LastCrawl } = await this.crawl(name);
        assert.equal(LastCrawl?.Status, "FAILED");
        return LastCrawl?.ErrorMessage ?? "";
    }

    /** Bytes of objects that were read from the bucket so far, and requests of it. */
    async traffic(): Promise<{ bytesOut: number; requests: number }> {
        return (await this.aws.local.health()).traffic[bucket] ?? { bytesOut: 0, requests: 0 };
    }
}

export function s3Target(folder: string, more: Partial<glue.S3Target> = {}) {
    return { Targets: { S3Targets: [{ Path: `s3://${bucket}/${folder}`, ...more }] } };
}

export function columns(table: glue.Table): Record<string, string | undefined> {
    return Object.fromEntries((table.StorageDescriptor?.Columns ?? []).map(({ Name, Type }) => [Name, Type]));
}

/** Tables made, changed and deleted. */
export function counts(metrics: glue.CrawlerMetrics): (number | undefined)[] {
    return [metrics.TablesCreated, metrics.TablesUpdated, metrics.TablesDeleted];
}
