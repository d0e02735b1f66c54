/** Job runs. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html */
import { randomBytes } from "node:crypto";
import type {
    BatchStopJobRunRequest,
    GetJobRunRequest,
    GetJobRunsRequest,
    StartJobRunRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds } from "../../protocol/wire";
import { argumentsOf, logTargets } from "./arguments";
import { capacityOf } from "./capacity";
import type { Connections } from "../connections";
import type { Origin } from "../endings";
import type { SecurityConfigurations } from "../securityConfigurations";
import { encryptionOf } from "./encryption";
import type { Executor } from "./executor";
import { hasRoom, isActive, type JobState, type StoredJob, type StoredRun } from "./state";

const largestPage = 200;
/** The versions whose Spark (3.5) and Python (3.11) the local AWS has. */
const runnableVersions = ["5.0", "5.1"];

/** What runs refer to besides their job. */
export interface RunSurroundings {
    readonly securityConfigurations: SecurityConfigurations;
    readonly connections: Connections;
}

/**
 * Starts a run, or lets it wait where the job queues its runs.
 * @param origin the trigger on whose behalf it starts, if any
 * @throws AwsError when it cannot start
 */
export function startRun(
    state: JobState,
    executor: Executor,
    surroundings: RunSurroundings,
    input: StartJobRunRequest,
    origin?: Origin,
): StoredRun {
    const job = state.job(input.JobName);
    checkRunnable(job, input, surroundings);
    const run = newRun(job, input, surroundings);
    if (origin !== undefined) run.TriggerName = origin.triggerName;
    if (input.JobRunId !== undefined) run.PreviousRunId = state.run(job.Name, input.JobRunId).Id;
    if (!hasRoom(state, job)) {
        if (!run.JobRunQueuingEnabled) {
            throw new AwsError("ConcurrentRunsExceededException", `Concurrent runs exceeded for ${job.Name}`);
        }
        run.JobRunState = "WAITING";
    }
    state.addRun(run);
    if (run.JobRunState === "STARTING") executor.start(job, run);
    return run;
}

export function runOperations(state: JobState, executor: Executor, surroundings: RunSurroundings): Operations {
    // AWS gives DPUSeconds for Flex and auto-scaled runs; here every run has them: DPU times seconds.
    const shown = (run: StoredRun) => {
        const seconds = executor.executionTime(run);
        return { ...run, ExecutionTime: seconds, DPUSeconds: seconds * (run.MaxCapacity ?? 0), PredecessorRuns: [] };
    };
    return {
        StartJobRun: (input: StartJobRunRequest) => {
            return { JobRunId: startRun(state, executor, surroundings, input).Id };
        },
        GetJobRun: (input: GetJobRunRequest) => {
            return { JobRun: shown(state.run(state.job(input.JobName).Name, input.RunId)) };
        },
        GetJobRuns: (input: GetJobRunsRequest) => {
            const size = Math.min(Math.max(input.MaxResults ?? largestPage, 1), largestPage);
            const page = pageOf(state.runsOf(state.job(input.JobName).Name), input.NextToken, size);
            return { JobRuns: page.items.map(shown), NextToken: page.nextToken };
        },
        BatchStopJobRun: (input: BatchStopJobRunRequest) => {
            const job = state.job(input.JobName);
            const faults = new Map<string, AwsError>();
            const ids = [...new Set(input.JobRunIds ?? [])];
            for (const id of ids) {
                const fault = stop(state, executor, job.Name, id);
                if (fault !== undefined) faults.set(id, fault);
            }
            const named = (id: string) => ({ JobName: job.Name, JobRunId: id });
            return {
                SuccessfulSubmissions: ids.filter((id) => !faults.has(id)).map(named),
                Errors: [...faults].map(([id, { code, message }]) => ({
                    ...named(id),
                    ErrorDetail: { ErrorCode: code, ErrorMessage: message },
                })),
            };
        },
    };
}

function stop(state: JobState, executor: Executor, jobName: string, runId: string): AwsError | undefined {
    const run = state.findRun(jobName, runId);
    if (run === undefined) return new AwsError("EntityNotFoundException", `Job Run with id ${runId} not found.`);
    if (!isActive(run)) {
        return new AwsError("JobRunInTerminalStateException", `Job Run ${runId} has ended: ${run.JobRunState}.`);
    }
    executor.stopRun(run);
    return undefined;
}

/** @throws InvalidInputException for what the local AWS cannot run */
function checkRunnable(job: StoredJob, input: StartJobRunRequest, { connections }: RunSurroundings): void {
    const refuse = (what: string) => {
        throw new AwsError("InvalidInputException", `The local AWS cannot run the job ${job.Name}: ${what}`);
    };
    if (!runnableVersions.includes(job.GlueVersion ?? "")) {
        refuse(`it is for Glue ${job.GlueVersion}, and only ${runnableVersions.join(" and ")} (Spark 3.5.6) run here.`);
    }
    for (const connection of job.Connections?.Connections ?? []) connections.get(connection);
    if (job.JobMode !== "SCRIPT") refuse(`its mode is ${job.JobMode}; only scripts run here.`);
    if (input.ExecutionRoleSessionPolicy !== undefined) refuse("session policies are not enforced here.");
}

function newRun(job: StoredJob, input: StartJobRunRequest, { securityConfigurations }: RunSurroundings): StoredRun {
    const id = `jr_${randomBytes(32).toString("hex")}`;
    const now = nowSeconds();
    const securityConfiguration = input.SecurityConfiguration ?? job.SecurityConfiguration;
    const { logs } = encryptionOf(securityConfigurations, securityConfiguration, job.Role);
    const capacity =
        input.MaxCapacity === undefined
            ? capacityOf({
                  WorkerType: input.WorkerType ?? job.WorkerType,
                  NumberOfWorkers: input.NumberOfWorkers ?? job.NumberOfWorkers,
              })
            : capacityOf(input);
    return {
        Id: id,
        Attempt: 0,
        JobName: job.Name,
        JobMode: job.JobMode,
        JobRunQueuingEnabled: input.JobRunQueuingEnabled ?? job.JobRunQueuingEnabled ?? false,
        StartedOn: now,
        LastModifiedOn: now,
        JobRunState: "STARTING",
        Arguments: input.Arguments,
        ExecutionTime: 0,
        Timeout: input.Timeout ?? job.Timeout,
        ...capacity,
        SecurityConfiguration: securityConfiguration,
        NotificationProperty: input.NotificationProperty ?? job.NotificationProperty,
        LogGroupName: logTargets(id, argumentsOf(job, input.Arguments), logs).groupName,
        GlueVersion: job.GlueVersion,
        ExecutionClass: input.ExecutionClass ?? job.ExecutionClass,
    };
}
