/** Metrics of one query that has ended: https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html */
import type { Metric } from "../../serviceMetrics";
import { describeExecution, type Execution } from "./record";

export const athenaNamespace = "AWS/Athena";

/** Those whose value is known; bytes of DML alone. */
export function queryMetrics(execution: Execution): Metric[] {
    const { Statistics: statistics = {} } = describeExecution(execution);
    const times = {
        EngineExecutionTime: statistics.EngineExecutionTimeInMillis,
        QueryPlanningTime: statistics.QueryPlanningTimeInMillis,
        QueryQueueTime: statistics.QueryQueueTimeInMillis,
        ServiceProcessingTime: statistics.ServiceProcessingTimeInMillis,
        TotalExecutionTime: statistics.TotalExecutionTimeInMillis,
    };
    const metrics: Metric[] = Object.entries(times).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value, unit: "Milliseconds" as const }],
    );
    if (execution.type === "DML") {
        metrics.push({ name: "ProcessedBytes", value: execution.scannedBytes, unit: "Bytes" });
    }
    return metrics;
}

export function queryDimensions({ state, type, workGroup }: Execution): Record<string, string> {
    return { QueryState: state === "CANCELLED" ? "CANCELED" : state, QueryType: type, WorkGroup: workGroup };
}
