/** Rules of EventBridge and queues behind them, for the tests of what the services tell. */
import { setTimeout as delay } from "node:timers/promises";
import type { LocalAws } from "../../local/control";

export interface ServiceEvent {
    readonly id: string;
    readonly time: string;
    readonly source: string;
    readonly "detail-type": string;
    readonly detail: Record<string, unknown>;
    readonly [member: string]: unknown;
}

interface Message {
    readonly Body: string;
    readonly ReceiptHandle: string;
}

export class Bus {
    /** @param account whose key signs: its own number */
    constructor(
        private readonly aws: Pick<LocalAws, "endpoint" | "region">,
        readonly account = "000000000000",
    ) {}

    /** A queue that a rule sends to. */
    async queue(name: string): Promise<string> {
        await this.call("sqs", "AmazonSQS.CreateQueue", { QueueName: name });
        return `arn:aws:sqs:${this.aws.region}:${this.account}:${name}`;
    }

    /** @throws with EventBridge's words when it does not take the pattern */
    async rule(Name: string, pattern: object | string, target: object): Promise<void> {
        const EventPattern = typeof pattern === "string" ? pattern : JSON.stringify(pattern);
        await this.call("events", "AWSEvents.PutRule", { Name, EventPattern });
        await this.call("events", "AWSEvents.PutTargets", { Rule: Name, Targets: [{ Id: "1", ...target }] });
    }

    /** @returns the event's id */
    async put(Source: string, DetailType: string, detail: object): Promise<string> {
        const Entries = [{ Source, DetailType, Detail: JSON.stringify(detail) }];
        const { Entries: put } = await this.call<{ Entries: { EventId: string }[] }>("events", "AWSEvents.PutEvents", {
            Entries,
        });
        return put[0]!.EventId;
    }

    /** A queue that gets every event that the pattern lets through, whole. */
    async watch(name: string, pattern: object): Promise<void> {
        await this.rule(name, pattern, { Arn: await this.queue(name) });
    }

    /** Takes what the queue holds now, in its order. */
    async take(queue: string): Promise<string[]> {
        const QueueUrl = `${this.aws.endpoint}/${this.account}/${queue}`;
        const taken: string[] = [];
        for (;;) {
            const request = { QueueUrl, MaxNumberOfMessages: 10 };
            const { Messages = [] } = await this.call<{ Messages?: Message[] }>(
                "sqs",
                "AmazonSQS.ReceiveMessage",
                request,
            );
            if (Messages.length === 0) return taken;
            for (const { Body, ReceiptHandle } of Messages) {
                taken.push(Body);
                await this.call("sqs", "AmazonSQS.DeleteMessage", { QueueUrl, ReceiptHandle });
            }
        }
    }

    /** Waits until the queue has given so many messages. */
    async receive(queue: string, count: number): Promise<string[]> {
        const received: string[] = [];
        for (const deadline = Date.now() + 120_000; received.length < count; await delay(50)) {
            received.push(...(await this.take(queue)));
            if (Date.now() > deadline) throw new Error(`${queue}: ${count} awaited, came: ${received.join("\n")}`);
        }
        return received;
    }

    async events(queue: string, count: number): Promise<ServiceEvent[]> {
        return (await this.receive(queue, count)).map((text) => JSON.parse(text) as ServiceEvent);
    }

    async details(queue: string, count: number): Promise<Record<string, unknown>[]> {
        return (await this.events(queue, count)).map(({ detail }) => detail);
    }

    /** A request of the JSON protocol; the gateway asks for no valid signature. @throws with the answer's text */
    async call<T>(service: string, target: string, input: object): Promise<T> {
        const scope = `20260101/${this.aws.region}/${service}/aws4_request`;
        const response = await fetch(this.aws.endpoint, {
            method: "POST",
            headers: {
                authorization: `AWS4-HMAC-SHA256 Credential=${this.account}/${scope}, SignedHeaders=host, Signature=none`,
                "content-type": service === "sqs" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1",
                "x-amz-target": target,
            },
            body: JSON.stringify(input),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(text);
        return JSON.parse(text === "" ? "{}" : text) as T;
    }
}
