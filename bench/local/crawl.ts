/** A crawl of many objects, against a client that only gets each of them, as many at once. */
import {
    CreateCrawlerCommand,
    CreateDatabaseCommand,
    GetCrawlerCommand,
    GetPartitionsCommand,
    StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { setTimeout as delay } from "node:timers/promises";
import { count, ratio, seconds } from "../../automation/format";
import { Progress } from "../../automation/progress";
import { report } from "../result";
import { atOnce, Bed, bucket, database, timed } from "./bed";

const clients = 8;

export interface CrawlOptions {
    readonly objects: number;
    readonly partitions: number;
}

export async function crawl({ objects, partitions }: CrawlOptions): Promise<void> {
    const bed = await Bed.start();
    const progress = new Progress();
    try {
        const keys = Array.from({ length: objects }, (_, index) => keyOf(index, partitions));
        await progress.stage(`Put ${count(objects)} objects`, () => fill(bed, keys));
        let getting = Infinity;
        let crawling = Infinity;
        for (const round of [1, 2]) {
            await progress.stage(`Get each, then crawl, round ${round} of 2`, async () => {
                getting = Math.min(getting, await timed(() => getAll(bed, keys)));
                crawling = Math.min(crawling, await timed(() => crawlOnce(bed)));
            });
        }
        await checkPartitions(bed, partitions);
        report({
            name: "local-crawl",
            title: `A crawl of ${count(objects)} objects in ${count(partitions)} partitions`,
            columns: [
                { title: "what" },
                { title: "time", format: seconds },
                { title: "objects/s", format: (rate) => count(Math.round(rate)) },
                { title: "to getting", format: (times) => ratio(times, 1) },
            ],
            rows: [
                ["crawl", crawling, objects / crawling, crawling / getting],
                [`get each object, ${clients} at once`, getting, objects / getting, 1],
            ],
        });
    } finally {
        await bed.stop();
    }
}

/** `day=…` of as many years as it takes, then the object's number. */
function keyOf(index: number, partitions: number): string {
    const day = new Date(Date.UTC(2000, 0, 1 + (index % partitions))).toISOString().slice(0, 10);
    return `events/day=${day}/part-${String(index).padStart(6, "0")}.json`;
}

async function fill(bed: Bed, keys: readonly string[]): Promise<void> {
    await bed.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await atOnce(keys.length, clients, (index) => {
        const rows = [0, 1, 2].map((row) =>
            JSON.stringify({ id: 3 * index + row, amount: index + 0.5, place: "north" }),
        );
        return bed.s3.send(new PutObjectCommand({ Bucket: bucket, Key: keys[index], Body: `${rows.join("\n")}\n` }));
    });
    await bed.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
    const target = { Targets: { S3Targets: [{ Path: `s3://${bucket}/events/` }] } };
    await bed.glue.send(new CreateCrawlerCommand({ Name: "bench", Role: "bench", DatabaseName: database, ...target }));
}

async function getAll(bed: Bed, keys: readonly string[]): Promise<void> {
    await atOnce(keys.length, clients, async (index) => {
        const { Body } = await bed.s3.send(new GetObjectCommand({ Bucket: bucket, Key: keys[index] }));
        await Body!.transformToByteArray();
    });
}

async function crawlOnce(bed: Bed): Promise<void> {
    await bed.glue.send(new StartCrawlerCommand({ Name: "bench" }));
    for (;;) {
        const { Crawler } = await bed.glue.send(new GetCrawlerCommand({ Name: "bench" }));
        const { Status, ErrorMessage } = Crawler?.LastCrawl ?? {};
        if (Crawler?.State === "READY" && Status === "SUCCEEDED") return;
        if (Crawler?.State === "READY") throw new Error(`The crawl ended as ${Status}: ${ErrorMessage}`);
        await delay(50);
    }
}

async function checkPartitions(bed: Bed, expected: number): Promise<void> {
    let found = 0;
    let NextToken: string | undefined;
    do {
        const request = { DatabaseName: database, TableName: "events", NextToken };
        const page = await bed.glue.send(new GetPartitionsCommand(request));
        found += page.Partitions?.length ?? 0;
        NextToken = page.NextToken;
    } while (NextToken !== undefined);
    if (found !== expected) throw new Error(`The crawl registered ${found} partitions instead of ${expected}.`);
}
