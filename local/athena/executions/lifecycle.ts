/** An execution's way through its states, kept on disk and told to EventBridge and CloudWatch. */
import type { LocalContext } from "../../context";
import { athenaNamespace, queryDimensions, queryMetrics } from "./metrics";
import { queryStateChange } from "./notices";
import { isFinal, type Execution, type ExecutionLog } from "./record";

export class Lifecycle {
    constructor(
        private readonly context: Pick<LocalContext, "events" | "metrics">,
        private readonly executions: ExecutionLog,
    ) {
        for (const execution of executions.interrupted) this.tell(execution);
    }

    submitted(execution: Execution): void {
        this.tell(execution);
    }

    started(execution: Execution): void {
        if (isFinal(execution.state)) return;
        execution.state = "RUNNING";
        execution.started = Date.now();
        this.executions.changed(execution);
        this.tell(execution);
    }

    /** The first end counts: a query that was cancelled does not fail afterwards. */
    ended(execution: Execution, state: "SUCCEEDED" | "FAILED" | "CANCELLED", reason?: string): void {
        if (isFinal(execution.state)) return;
        execution.state = state;
        execution.reason = reason;
        execution.completed = Date.now();
        this.executions.changed(execution);
        this.tell(execution);
        if (execution.published !== true) return;
        this.context.metrics.put(athenaNamespace, queryMetrics(execution), queryDimensions(execution));
    }

    private tell(execution: Execution): void {
        this.context.events.put(queryStateChange(execution));
    }
}
