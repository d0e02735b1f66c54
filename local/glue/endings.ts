/** Tells what has ended to whom it concerns: conditional triggers start what comes after. */
import type { CrawlState, JobRunState } from "@aws-sdk/client-glue";

export interface Ending {
    readonly kind: "job" | "crawler";
    /** Name of the job or crawler. */
    readonly name: string;
    readonly state: JobRunState | CrawlState;
    /** The trigger that started it; none when a client or a crawler's own schedule did. */
    readonly triggerName: string | undefined;
}

export class Endings {
    private readonly listeners: ((ending: Ending) => void)[] = [];

    listen(listener: (ending: Ending) => void): void {
        this.listeners.push(listener);
    }

    tell(ending: Ending): void {
        for (const listener of this.listeners) listener(ending);
    }
}
