/**
 * What Amazon S3 announced in a crawler's queue.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
import type { Pattern } from "../../patterns";
import type { CrawlLog } from "./crawlLog";
import { isData, type S3Location } from "./listing";
import type { Sqs } from "./sqs";

export interface AnnouncedFolders {
    /** Keys of the folders below the target in which objects were made or removed, each with its slash. */
    readonly folders: ReadonlySet<string>;
    /** Takes what was read off the queue; left there, another crawl reads it again. */
    done(): Promise<void>;
}

/** https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html */
const mostMessages = 100_000;

/**
 * A message that is not of Amazon S3 stays in the queue, which sets it aside when crawls have read it often enough.
 * @throws when there is no such queue
 */
export async function readEvents(
    sqs: Sqs,
    queueArn: string,
    root: S3Location,
    exclusions: readonly Pattern[],
    log: CrawlLog,
    signal: AbortSignal,
): Promise<AnnouncedFolders> {
    const url = await sqs.urlOf(queueArn, signal);
    const folders = new Set<string>();
    const receipts: string[] = [];
    for (let read = 0; read < mostMessages;) {
        const messages = await sqs.receive(url, signal);
        if (messages.length === 0) break;
        read += messages.length;
        for (const { Body, ReceiptHandle } of messages) {
            const objects = announcedObjects(Body);
            if (objects === undefined) {
                log.warn(`A message in ${queueArn} is no event of Amazon S3; it is left there: ${Body.slice(0, 200)}`);
                continue;
            }
            receipts.push(ReceiptHandle);
            for (const { bucket, key } of objects) {
                if (bucket !== root.bucket || !isData(root, key, exclusions)) continue;
                folders.add(key.slice(0, key.lastIndexOf("/") + 1));
            }
        }
    }
    log.info(`${receipts.length} messages of Amazon S3, of ${folders.size} folders below the target`);
    return { folders, done: () => sqs.delete(url, receipts) };
}

interface Message {
    /** Of a message that came by way of SNS, which has the event as its text. */
    Type?: string;
    Message?: string;
    /** Of the message by which Amazon S3 tries whether it may send. */
    Event?: string;
    Records?: { eventSource?: string; s3?: { bucket?: { name?: string }; object?: { key?: string } } }[];
}

/** @returns undefined for what is no event of Amazon S3 */
function announcedObjects(body: string): { bucket: string; key: string }[] | undefined {
    const message = parse(body);
    if (message?.Type === "Notification") return announcedObjects(message.Message ?? "");
    if (message?.Event === "s3:TestEvent") return [];
    if (!Array.isArray(message?.Records)) return undefined;
    if (message.Records.some((record) => record.eventSource !== "aws:s3")) return undefined;
    return message.Records.map(({ s3 }) => ({
        bucket: s3?.bucket?.name ?? "",
        // As in a form: a blank is a plus.
        key: decodeURIComponent((s3?.object?.key ?? "").replaceAll("+", " ")),
    }));
}

function parse(text: string): Message | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? value : undefined;
    } catch {
        return undefined;
    }
}
