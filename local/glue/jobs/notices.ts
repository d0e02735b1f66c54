/**
 * What job runs tell EventBridge.
 * @see https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html
 */
import type { ServiceEvent } from "../../serviceEvents";
import { isActive, type StoredRun } from "./state";

const ends: Readonly<Record<string, { severity: string; message: string }>> = {
    SUCCEEDED: { severity: "INFO", message: "Job run succeeded" },
    FAILED: { severity: "ERROR", message: "Job run failed" },
    TIMEOUT: { severity: "WARN", message: "Job run timed out" },
    STOPPED: { severity: "INFO", message: "Job run stopped" },
};

/** The end of a run; each attempt of a run that is tried again has its own. */
export function jobStateChange({ JobName, Id, JobRunState, ErrorMessage }: StoredRun): ServiceEvent {
    const { severity, message } = ends[JobRunState] ?? { severity: "ERROR", message: "Job run failed" };
    return {
        source: "aws.glue",
        detailType: "Glue Job State Change",
        detail: {
            jobName: JobName,
            severity,
            state: JobRunState,
            jobRunId: Id,
            message: ErrorMessage ?? message,
        },
    };
}

/** A run that is not over `NotifyDelayAfter` minutes after it was started. */
export function jobDelay(run: StoredRun): ServiceEvent {
    return {
        source: "aws.glue",
        detailType: "Glue Job Run Status",
        detail: {
            jobName: run.JobName,
            severity: "INFO",
            notificationCondition: { NotifyDelayAfter: run.NotificationProperty?.NotifyDelayAfter },
            state: run.JobRunState,
            jobRunId: run.Id,
            message: `Job is in ${run.JobRunState} state`,
            startedOn: new Date(run.StartedOn * 1000).toISOString(),
        },
    };
}

/** @param detail as the run's process gives it: local/spark/awsgluedq/_publish.py */
export function qualityResults(detail: object): ServiceEvent {
    return { source: "aws.glue-dataquality", detailType: "Data Quality Evaluation Results Available", detail };
}

/** Calls `tell` when the run takes longer than its job says; undefined where it says nothing. */
export function watchDelay(run: StoredRun, tell: (event: ServiceEvent) => void): NodeJS.Timeout | undefined {
    const minutes = run.NotificationProperty?.NotifyDelayAfter;
    if (minutes === undefined) return undefined;
    return setTimeout(() => isActive(run) && tell(jobDelay(run)), minutes * 60_000);
}
