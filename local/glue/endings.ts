/** Tells what has ended to whom it concerns: conditional triggers and workflows start what comes after. */
import type { CrawlState, JobRunState } from "@aws-sdk/client-glue";

/** On whose behalf a job or a crawler was started. */
export interface Origin {
    readonly triggerName: string;
    /** The run of the workflow that the trigger belongs to. */
    readonly workflowRun?: WorkflowRunName;
}

export interface WorkflowRunName {
    /** Of the workflow. */
    readonly name: string;
    readonly id: string;
}

export interface Ending {
    readonly kind: "job" | "crawler";
    /** Name of the job or crawler. */
    readonly name: string;
    readonly state: JobRunState | CrawlState;
    /** None when a client or a crawler's own schedule started it. */
    readonly origin: Origin | undefined;
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
