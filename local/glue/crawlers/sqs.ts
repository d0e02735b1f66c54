/**
 * The calls of SQS that a crawl makes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
import type { Credentials } from "../../calls";
import type { LocalContext } from "../../context";
import { jsonCall } from "../../protocol/jsonCall";

export interface QueueMessage {
    readonly Body: string;
    readonly ReceiptHandle: string;
}

const service = { name: "sqs", target: "AmazonSQS", title: "SQS" };

/** SQS takes and gives at most this many at once. */
const atOnce = 10;

export class Sqs {
    constructor(
        private readonly context: Pick<LocalContext, "endpoint" | "region">,
        private readonly credentials: Credentials,
    ) {}

    /** @throws when there is no queue of that ARN */
    async urlOf(queueArn: string, signal?: AbortSignal): Promise<string> {
        const [account, name] = queueArn.split(":").slice(4);
        const input = { QueueName: name, QueueOwnerAWSAccountId: account };
        const { QueueUrl } = await this.call<{ QueueUrl: string }>("GetQueueUrl", input, signal);
        return QueueUrl;
    }

    /** @returns nothing when no message is visible now */
    async receive(url: string, signal: AbortSignal): Promise<QueueMessage[]> {
        const input = { QueueUrl: url, MaxNumberOfMessages: atOnce, WaitTimeSeconds: 0 };
        return (await this.call<{ Messages?: QueueMessage[] }>("ReceiveMessage", input, signal)).Messages ?? [];
    }

    async delete(url: string, receipts: readonly string[]): Promise<void> {
        for (let start = 0; start < receipts.length; start += atOnce) {
            const batch = receipts.slice(start, start + atOnce);
            const Entries = batch.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
            await this.call("DeleteMessageBatch", { QueueUrl: url, Entries });
        }
    }

    private call<T>(operation: string, input: object, signal?: AbortSignal): Promise<T> {
        return jsonCall<T>(this.context, this.credentials, service, operation, input, signal);
    }
}
