/**
 * Events that EventBridge delivers to workflows, until there are enough for a run.
 * @see https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
 */
import type { LocalContext } from "../../context";
import type { TriggerState } from "../triggers/state";
import { startTrigger, type Cause } from "./runs";

/** AWS's, in seconds. */
const defaultWindow = 900;

interface Batch {
    readonly ids: string[];
    readonly timer: NodeJS.Timeout;
}

/** Lost with the end of the local AWS: AWS guarantees no delivery, either. */
export class EventBatches {
    private readonly batches = new Map<string, Batch>();

    constructor(
        private readonly context: Pick<LocalContext, "log">,
        private readonly triggers: TriggerState,
        private readonly start: (workflow: string, cause: Cause) => unknown,
    ) {}

    /** Takes one event for a workflow; none is kept for one that does not wait for events. */
    take(workflow: string, eventId: string): void {
        const trigger = startTrigger(this.triggers, workflow);
        if (trigger?.Type !== "EVENT" || trigger.State !== "ACTIVATED") {
            this.context.log(
                `glue: the workflow ${workflow} has no activated trigger of type EVENT for event ${eventId}`,
            );
            return;
        }
        const { BatchSize = 1, BatchWindow = defaultWindow } = trigger.EventBatchingCondition ?? {};
        const batch = this.batches.get(workflow) ?? this.open(workflow, BatchWindow);
        batch.ids.push(eventId);
        if (batch.ids.length >= BatchSize) this.close(workflow, { BatchSize });
    }

    stop(): void {
        for (const { timer } of this.batches.values()) clearTimeout(timer);
        this.batches.clear();
    }

    /** The window begins with the first event. */
    private open(workflow: string, BatchWindow: number): Batch {
        const timer = setTimeout(() => this.close(workflow, { BatchWindow }), 1000 * BatchWindow);
        const batch = { ids: [], timer };
        this.batches.set(workflow, batch);
        return batch;
    }

    private close(workflow: string, batch: Cause["batch"]): void {
        const { ids, timer } = this.batches.get(workflow)!;
        clearTimeout(timer);
        this.batches.delete(workflow);
        try {
            this.start(workflow, { batch, properties: { "aws:eventIds": JSON.stringify(ids) } });
        } catch (error) {
            this.context.log(`glue: ${ids.length} events started no run of ${workflow}: ${(error as Error).message}`);
        }
    }
}
