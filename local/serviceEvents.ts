/** Events that the services of one account put to its default event bus, in their order. */
import type { LocalContext } from "./context";
import type { Emulator } from "./emulator";

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface ServiceEvent {
    /** `aws.glue` */
    readonly source: string;
    readonly detailType: string;
    /** ARNs; most events of Glue and Athena name none. */
    readonly resources?: readonly string[];
    readonly detail: object;
}

/** PutEvents takes no more at once. */
const mostEntries = 10;

export class ServiceEvents {
    private waiting: ServiceEvent[] = [];
    private sending: Promise<void> = Promise.resolve();

    constructor(
        private readonly emulator: Pick<Emulator, "address" | "start">,
        private readonly context: Pick<LocalContext, "account" | "region" | "log">,
    ) {}

    /** Sends it soon. As on AWS what fails is not told to whom it concerns: it is in the local AWS's own log. */
    put(event: ServiceEvent): void {
        this.waiting.push(event);
        this.sending = this.sending
            .then(() => this.sendWaiting())
            .catch((error: unknown) => this.context.log(`events: not sent: ${String(error)}`));
    }

    /** Settles when all that were put are sent. */
    flush(): Promise<void> {
        return this.sending;
    }

    private async sendWaiting(): Promise<void> {
        const events = this.waiting.splice(0, mostEntries);
        if (events.length === 0) return;
        // Services tell of what a crash cut off while the emulator still starts.
        await this.emulator.start();
        const { address } = this.emulator;
        if (address === undefined) throw new Error("the emulator does not run");
        const { account, region } = this.context;
        const Entries = events.map(({ source, detailType, resources = [], detail }) => ({
            Source: source,
            DetailType: detailType,
            Resources: resources,
            Detail: JSON.stringify(detail),
        }));
        const response = await fetch(`http://${address.host}:${address.port}/_lakeworks/events`, {
            method: "POST",
            body: JSON.stringify({ account, region, Entries }),
        });
        const text = await response.text();
        const { FailedEntryCount: failed } = JSON.parse(text) as { FailedEntryCount?: number };
        if (failed !== 0) throw new Error(text);
    }
}
