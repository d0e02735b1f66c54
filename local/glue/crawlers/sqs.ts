/**
 * The calls of SQS that a crawl makes, through the gateway like any client's. They are few and the gateway checks no
 * signature, so a signature's scope, which says who calls what, is enough.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
import type { Credentials } from "../../calls";
import type { LocalContext } from "../../context";

export interface QueueMessage {
    readonly Body: string;
    readonly ReceiptHandle: string;
}

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

    private async call<T>(operation: string, input: object, signal?: AbortSignal): Promise<T> {
        const scope = `${new Date().toISOString().slice(0, 10).replaceAll("-", "")}/${this.context.region}/sqs/aws4_request`;
        const response = await fetch(this.context.endpoint, {
            method: "POST",
            headers: {
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": `AmazonSQS.${operation}`,
                authorization: `AWS4-HMAC-SHA256 Credential=${this.credentials.accessKeyId}/${scope}, SignedHeaders=host, Signature=none`,
            },
            body: JSON.stringify(input),
            signal,
        });
        const answer = (await response.json()) as T & { message?: string };
        if (!response.ok) throw new Error(`SQS ${operation}: ${answer.message ?? response.status}`);
        return answer;
    }
}
