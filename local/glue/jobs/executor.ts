/** Carries job runs from STARTING to their end. */
import * as fs from "node:fs";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { clientsOf, type LocalContext } from "../../context";
import { nowSeconds } from "../../protocol/wire";
import type { Endings } from "../endings";
import type { SecurityConfigurations } from "../securityConfigurations";
import { argumentsOf, logTargets, needsOwnJvm } from "./arguments";
import { adoptCommitted, bookmarkFor, committedFile } from "./bookmarks";
import type { Driver, DriverEnd } from "./driver";
import { encryptionOf, type LogEncryption } from "./encryption";
import { LogShipper } from "./logShipper";
import { endDimensions, endMetrics, isObserved } from "./metrics";
import { jobStateChange, qualityResults, watchDelay } from "./notices";
import { originOf } from "./origin";
import { DriverPool } from "./pool";
import { hasRoom, isActive, type JobState, type StoredJob, type StoredRun } from "./state";

const stoppedMessage = "The local AWS was stopped while the job was running.";

/** One run under way. */
interface Execution {
    readonly job: StoredJob;
    readonly run: StoredRun;
    driver?: Driver;
    done: Promise<void>;
    /** Epoch seconds since when the script runs; start-up is not execution time. */
    runningSince?: number;
    /** Set by what ends the run early. */
    ending?: "STOPPED" | "TIMEOUT" | "FAILED";
}

export class Executor {
    readonly pool: DriverPool;
    /** By run id. */
    private readonly executions = new Map<string, Execution>();
    private stopping = false;

    constructor(
        private readonly context: LocalContext,
        private readonly state: JobState,
        private readonly securityConfigurations: SecurityConfigurations,
        private readonly endings: Endings,
    ) {
        this.pool = new DriverPool(context);
        fs.mkdirSync(state.committedDir, { recursive: true });
        for (const run of state.activeRuns()) {
            adoptCommitted(state, run);
            this.finish(run, "FAILED", { message: stoppedMessage });
        }
    }

    /** Starts a run that is in the state STARTING; returns at once. */
    start(job: StoredJob, run: StoredRun): void {
        const execution: Execution = { job, run, done: Promise.resolve() };
        this.executions.set(run.Id, execution);
        const { events } = this.context;
        const delay = watchDelay(run, (event) => events.put(event));
        execution.done = this.carry(execution)
            .catch((error: Error) => {
                this.finish(run, "FAILED", { message: `The local AWS could not carry out the run: ${error.message}` });
            })
            .finally(() => {
                clearTimeout(delay);
                this.executions.delete(run.Id);
                this.ended(run);
            });
    }

    /** Ends a run early, as BatchStopJobRun does; the run is STOPPING until its processes are gone. */
    stopRun(run: StoredRun): void {
        if (run.JobRunState === "WAITING") return this.finish(run, "STOPPED", {});
        run.JobRunState = "STOPPING";
        this.state.runChanged(run);
        this.interrupt(run.Id, "STOPPED");
    }

    /** Whole seconds that the run has been running, for one under way too. */
    executionTime(run: StoredRun): number {
        const since = this.executions.get(run.Id)?.runningSince;
        return since === undefined || !isActive(run) ? (run.ExecutionTime ?? 0) : Math.round(nowSeconds() - since);
    }

    async stop(): Promise<void> {
        this.stopping = true;
        const all = [...this.executions.values()];
        for (const { run } of all) this.interrupt(run.Id, "FAILED");
        await Promise.all(all.map((execution) => execution.done));
        await this.pool.stop();
    }

    private async carry(execution: Execution): Promise<void> {
        const { job, run } = execution;
        const runArguments = argumentsOf(job, run.Arguments);
        const driver = this.pool.take(needsOwnJvm(runArguments));
        execution.driver = driver;
        driver.onQuality = (detail) => this.context.events.put(qualityResults(detail));
        // What the run does, and what is written of it to the logs, is done by the job's role.
        this.context.calls.give(driver.credentials.accessKeyId, job.Role ?? "");
        const { logs } = clientsOf(this.context, driver.credentials);
        const encryption = encryptionOf(this.securityConfigurations, run.SecurityConfiguration, job.Role);
        const { S3EncryptionMode: mode, KmsKeyArn: key } = encryption.output ?? {};
        this.context.outputEncryption.set(driver.credentials.accessKeyId, mode, key);
        const shippers = this.shippers(logs, run, driver, runArguments, encryption.logs);
        driver.run({
            jobName: job.Name,
            runId: run.Id,
            startedMs: Math.round(run.StartedOn * 1000),
            script: job.Command?.ScriptLocation ?? "",
            arguments: runArguments,
            bookmark: bookmarkFor(this.state, job.Name),
            bookmarkFile: committedFile(this.state, run.Id),
        });
        const timer = (await driver.started) ? this.running(execution) : undefined;
        const end = await driver.ended;
        const seconds = execution.runningSince === undefined ? 0 : nowSeconds() - execution.runningSince;
        clearTimeout(timer);
        // Bookmark and logs first: who sees the run's end may read them, or start the next run.
        adoptCommitted(this.state, run);
        for (const shipper of shippers) await shipper.close();
        logs.destroy();
        await this.pool.release(driver);
        this.context.calls.withdraw(driver.credentials.accessKeyId);
        this.context.outputEncryption.remove(driver.credentials.accessKeyId);
        this.conclude(execution, end, seconds);
    }

    private shippers(
        logs: CloudWatchLogsClient,
        run: StoredRun,
        driver: Driver,
        runArguments: Record<string, string>,
        encryption: LogEncryption | undefined,
    ): LogShipper[] {
        const { output, error } = logTargets(run.Id, runArguments, encryption);
        const sources = [
            { file: driver.stdout, target: output },
            { file: driver.stderr, target: error },
        ];
        // What a warm driver said before the run is not the run's.
        return sources.map(
            ({ file, target }) =>
                new LogShipper(logs, file, fs.statSync(file).size, target, (line) => this.context.log(line)),
        );
    }

    /** The script runs: sets the run's time limit. */
    private running(execution: Execution): NodeJS.Timeout {
        const { run } = execution;
        execution.runningSince = run.LastModifiedOn = nowSeconds();
        if (run.JobRunState === "STARTING") run.JobRunState = "RUNNING";
        this.state.runChanged(run);
        return setTimeout(() => this.interrupt(run.Id, "TIMEOUT"), (run.Timeout ?? 0) * 60_000);
    }

    private interrupt(runId: string, ending: "STOPPED" | "TIMEOUT" | "FAILED"): void {
        const execution = this.executions.get(runId);
        if (execution === undefined) return;
        execution.ending ??= ending;
        void execution.driver?.kill();
    }

    private conclude({ job, run, ending }: Execution, end: DriverEnd, seconds: number): void {
        if (ending === "FAILED") return this.finish(run, "FAILED", { message: stoppedMessage, seconds });
        if (ending !== undefined) return this.finish(run, ending, { seconds });
        if (end.ok) return this.finish(run, "SUCCEEDED", { seconds });
        this.finish(run, "FAILED", { message: end.message, seconds });
        const wanted = run.Attempt < (job.MaxRetries ?? 0) && this.state.findJob(job.Name) !== undefined;
        if (wanted && !this.stopping) this.retry(job, run);
    }

    private finish(
        run: StoredRun,
        state: "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMEOUT",
        { message, seconds = 0 }: { message?: string; seconds?: number },
    ): void {
        run.ExecutionTime = Math.round(seconds);
        run.JobRunState = state;
        run.CompletedOn = run.LastModifiedOn = nowSeconds();
        if (message !== undefined) run.ErrorMessage = message;
        this.state.runChanged(run);
        this.context.log(
            `glue: job ${run.JobName} run ${run.Id} ${state}${message === undefined ? "" : `: ${message}`}`,
        );
        this.context.events.put(jobStateChange(run));
        if (isObserved(this.state.findJob(run.JobName), run))
            this.context.metrics.put("Glue", endMetrics(run), ...endDimensions(run));
    }

    /** Tells of the end of a run that is not tried again. What the local AWS's own end cut off sets nothing off. */
    private ended(ended: StoredRun): void {
        const { Id: id, JobName: name, JobRunState: state } = ended;
        if (this.stopping) return;
        const retried = this.state.runsOf(name).some((run) => run.PreviousRunId === id && run.Attempt > 0);
        if (!retried) this.endings.tell({ kind: "job", name, state, origin: originOf(ended) });
        this.startWaiting(name);
    }

    /** The run that has waited longest starts as soon as there is room for it. */
    private startWaiting(jobName: string): void {
        const job = this.state.findJob(jobName);
        const next = this.state.runsOf(jobName).findLast((run) => run.JobRunState === "WAITING");
        if (this.stopping || job === undefined || next === undefined || !hasRoom(this.state, job)) return;
        next.JobRunState = "STARTING";
        next.StartedOn = next.LastModifiedOn = nowSeconds();
        this.state.runChanged(next);
        this.start(job, next);
    }

    /** A failed run is followed by a new one, named after the first; time-outs and stops are not retried. */
    private retry(job: StoredJob, failed: StoredRun): void {
        const attempt = failed.Attempt + 1;
        const now = nowSeconds();
        const { CompletedOn: _completed, ErrorMessage: _error, ...rest } = failed;
        const run: StoredRun = {
            ...rest,
            Id: `${failed.Id.replace(/_attempt_\d+$/, "")}_attempt_${attempt}`,
            Attempt: attempt,
            PreviousRunId: failed.Id,
            JobRunState: "STARTING",
            StartedOn: now,
            LastModifiedOn: now,
            ExecutionTime: 0,
        };
        this.state.addRun(run);
        this.start(job, run);
    }
}
