/** Runs a Glue job to its end: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html */
import {
    BatchStopJobRunCommand,
    ConcurrentRunsExceededException,
    GetJobRunCommand,
    GetJobRunsCommand,
    StartJobRunCommand,
    type JobRun,
    type JobRunState,
} from "@aws-sdk/client-glue";
import type { Clients } from "./clients";
import { Cancelled, StepFailure, type FailureDetails } from "./errors";
import { seconds } from "./format";
import { runLogs } from "./logTail";
import { poll } from "./poll";
import type { Stage } from "./progress";

const timeoutSeconds = 6 * 3600;
const stopSeconds = 120;

const ended: readonly JobRunState[] = ["SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED"];

/** A run that ended without success. */
export class RunFailure extends StepFailure {
    constructor(
        readonly runId: string,
        message: string,
        details: FailureDetails,
    ) {
        super(message, details);
    }
}

/**
 * Starts a run and waits for it; on Ctrl-C the run is stopped.
 * @param jobArguments over the job's own
 * @throws RunFailure with the run id, the run's own error and the log's tail.
 */
export async function runJob(
    clients: Clients,
    job: string,
    stage: Stage,
    signal: AbortSignal,
    jobArguments: Readonly<Record<string, string>> = {},
): Promise<JobRun> {
    const runId = await start(clients, job, jobArguments);
    const read = async () => (await clients.glue.send(new GetJobRunCommand({ JobName: job, RunId: runId }))).JobRun!;
    const end = (limit: number, abort?: AbortSignal) =>
        poll(
            async () => {
                const run = await read();
                stage.update(`${run.JobRunState!.toLowerCase()}, run ${runId}`);
                return ended.includes(run.JobRunState!) ? run : undefined;
            },
            { what: `run ${runId} of the job ${job}`, timeoutSeconds: limit, signal: abort },
        );
    try {
        return await succeed(clients, await end(timeoutSeconds, signal));
    } catch (error) {
        if (!signal.aborted) throw error;
        await clients.glue.send(new BatchStopJobRunCommand({ JobName: job, JobRunIds: [runId] }));
        const run = await end(stopSeconds);
        throw new Cancelled(
            `Run ${runId} of the job ${job} is ${run.JobRunState}; its bookmark has not moved, so the next run reads the same data.`,
        );
    }
}

async function start({ glue }: Clients, job: string, jobArguments: Readonly<Record<string, string>>): Promise<string> {
    try {
        const request = new StartJobRunCommand({ JobName: job, Arguments: jobArguments });
        return (await glue.send(request)).JobRunId!;
    } catch (error) {
        if (!(error instanceof ConcurrentRunsExceededException)) throw error;
        const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName: job }));
        const busy = JobRuns.filter((run) => !ended.includes(run.JobRunState!)).map((run) => run.Id);
        throw new StepFailure(
            `The job ${job} cannot start: as many runs as it may have are under way (${busy.join(", ")}).`,
            {
                next: "Wait for it, or stop it: aws glue batch-stop-job-run.",
            },
        );
    }
}

async function succeed(clients: Clients, run: JobRun): Promise<JobRun> {
    if (run.JobRunState === "SUCCEEDED") return run;
    throw new RunFailure(
        run.Id!,
        `Run ${run.Id} of the job ${run.JobName} ended ${run.JobRunState} after ${seconds(run.ExecutionTime ?? 0)}.`,
        {
            reason: run.ErrorMessage,
            log: await runLog(clients, run),
        },
    );
}

/** Tail of what the run printed: its error stream, or its output where it wrote no error. */
async function runLog({ logs }: Clients, run: JobRun): Promise<string[]> {
    const { error, output } = await runLogs(logs, run);
    return error.length > 0 ? error : output;
}
