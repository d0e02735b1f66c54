/** The queues of a crawler in event mode. */
import type { LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import { Sqs } from "./sqs";
import type { StoredCrawler } from "./state";

/** @throws InvalidInputException, in AWS's words, when a queue is not there */
export async function checkQueues(context: LocalContext, crawler: StoredCrawler): Promise<void> {
    const sqs = new Sqs(context, context.credentials);
    for (const { EventQueueArn, DlqEventQueueArn } of crawler.Targets.S3Targets ?? []) {
        for (const arn of [EventQueueArn, DlqEventQueueArn]) {
            if (arn) await check(sqs, arn);
        }
    }
}

async function check(sqs: Sqs, arn: string): Promise<void> {
    try {
        await sqs.urlOf(arn);
    } catch {
        throw new AwsError(
            "InvalidInputException",
            `SQS queue ${arn} does not exist or the role provided does not have access to it.`,
        );
    }
}
