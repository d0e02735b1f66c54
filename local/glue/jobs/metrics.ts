/**
 * How a run ended, as CloudWatch counts it for jobs with `--enable-observability-metrics`. What Spark knows of a run is put
 * by the run itself: local/spark/job_metrics.py.
 * @see https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
 */
import type { Metric } from "../../serviceMetrics";
import type { StoredJob, StoredRun } from "./state";

export function isObserved(job: StoredJob | undefined, run: StoredRun): boolean {
    const merged = { ...job?.DefaultArguments, ...run.Arguments, ...job?.NonOverridableArguments };
    return (merged["--enable-observability-metrics"] ?? "false") !== "false";
}

/** None for a run that was stopped: that is neither a success nor an error. */
export function endMetrics({ JobRunState, ErrorMessage = "" }: StoredRun): Metric[] {
    const counted = (...names: string[]) => names.map((name) => ({ name, value: 1, unit: "Count" as const }));
    switch (JobRunState) {
        case "SUCCEEDED":
            return counted("glue.succeed.ALL");
        case "TIMEOUT":
            return counted("glue.error.ALL", "glue.error.TIMEOUT_ERROR");
        case "FAILED":
            return counted("glue.error.ALL", `glue.error.${categoryOf(ErrorMessage)}`);
        default:
            return [];
    }
}

/** The dimensions of a run, and of all runs of its job. */
export function endDimensions({ JobName, Id }: StoredRun): Record<string, string>[] {
    return [Id, "ALL"].map((JobRunId) => ({ JobName, JobRunId, ObservabilityGroup: "error", Type: "count" }));
}

/** As the message begins: local/spark/failures.py. */
function categoryOf(message: string): string {
    const [, named, launch] = /^(?:Error Category: ([A-Z_]+);|(LAUNCH ERROR) \|)/.exec(message) ?? [];
    return named ?? (launch === undefined ? "UNCLASSIFIED_ERROR" : "LAUNCH_ERROR");
}
