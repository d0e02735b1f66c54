/** What jobs leave on disk: definitions, runs and bookmarks. */
import * as path from "node:path";
import type { Job, JobBookmarkEntry, JobRun, JobRunState } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";
import { Store } from "../../store";

export type StoredJob = Wire<Job> & { Name: string };
export type StoredRun = Wire<JobRun> & {
    Id: string;
    JobName: string;
    Attempt: number;
    JobRunState: JobRunState;
    StartedOn: number;
};
export type StoredBookmark = Wire<JobBookmarkEntry> & { JobName: string; Version: number; Run: number };

/** AWS keeps the runs of 90 days: https://docs.aws.amazon.com/glue/latest/dg/monitor-console.html */
const historySeconds = 90 * 24 * 3600;
const mostRunsPerJob = 1000;
/** Bookmarks to which ResetJobBookmark can go back. */
const mostBookmarksPerJob = 30;

const activeStates: readonly JobRunState[] = ["STARTING", "RUNNING", "STOPPING", "WAITING"];

export function isActive(run: StoredRun): boolean {
    return activeStates.includes(run.JobRunState);
}

/** May another run of the job be under way? Those that wait are not. */
export function hasRoom(state: JobState, job: StoredJob): boolean {
    const underWay = state.runsOf(job.Name).filter((run) => isActive(run) && run.JobRunState !== "WAITING");
    return underWay.length < (job.ExecutionProperty?.MaxConcurrentRuns ?? 1);
}

/** Lists and not maps by name, so that no name can collide with a property of objects. */
export class JobState {
    private readonly definitions: Store<{ jobs: StoredJob[] }>;
    private readonly history: Store<{ runs: StoredRun[] }>;
    private readonly bookmarks: Store<{ entries: StoredBookmark[] }>;
    /** Where a run's Job.commit leaves its bookmark, one file per run. */
    readonly committedDir: string;

    constructor(private readonly context: LocalContext) {
        const dir = path.join(context.stateDir, "glue", "jobs");
        this.definitions = new Store(path.join(dir, "jobs.json"), { jobs: [] });
        this.history = new Store(path.join(dir, "runs.json"), { runs: [] });
        this.bookmarks = new Store(path.join(dir, "bookmarks.json"), { entries: [] });
        this.committedDir = path.join(dir, "committed");
    }

    arn(jobName: string): string {
        return `arn:aws:glue:${this.context.region}:${this.context.account}:job/${jobName}`;
    }

    get jobs(): readonly StoredJob[] {
        return this.definitions.state.jobs;
    }

    findJob(name: string | undefined): StoredJob | undefined {
        return this.jobs.find((job) => job.Name === name);
    }

    /** @throws EntityNotFoundException */
    job(name: string | undefined): StoredJob {
        const job = this.findJob(name);
        if (job === undefined) throw new AwsError("EntityNotFoundException", `Job with name: ${name} not found.`);
        return job;
    }

    putJob(job: StoredJob): void {
        const state = this.definitions.state;
        state.jobs = [...state.jobs.filter((other) => other.Name !== job.Name), job];
        this.definitions.changed();
    }

    /** Forgets the job, its finished runs and its bookmarks, as DeleteJob does; a run under way ends by itself. */
    removeJob(name: string): void {
        const { definitions, history, bookmarks } = this;
        definitions.state.jobs = definitions.state.jobs.filter((job) => job.Name !== name);
        history.state.runs = history.state.runs.filter((run) => run.JobName !== name || isActive(run));
        bookmarks.state.entries = bookmarks.state.entries.filter((entry) => entry.JobName !== name);
        for (const store of [definitions, history, bookmarks]) store.changed();
    }

    /** Newest first, as GetJobRuns gives them. */
    runsOf(jobName: string): StoredRun[] {
        return this.history.state.runs.filter((run) => run.JobName === jobName).reverse();
    }

    activeRuns(): StoredRun[] {
        return this.history.state.runs.filter(isActive);
    }

    findRun(jobName: string, runId: string | undefined): StoredRun | undefined {
        return this.history.state.runs.find((run) => run.JobName === jobName && run.Id === runId);
    }

    /** @throws EntityNotFoundException */
    run(jobName: string, runId: string | undefined): StoredRun {
        const run = this.findRun(jobName, runId);
        if (run === undefined) throw new AwsError("EntityNotFoundException", `Job Run with id ${runId} not found.`);
        return run;
    }

    addRun(run: StoredRun): void {
        const oldest = run.StartedOn - historySeconds;
        const others = this.runsOf(run.JobName).filter((other) => !isActive(other));
        const surplus = new Set([
            ...others.slice(mostRunsPerJob - 1).map((other) => other.Id),
            ...others.filter((other) => other.StartedOn < oldest).map((other) => other.Id),
        ]);
        this.history.state.runs = [...this.history.state.runs.filter((other) => !surplus.has(other.Id)), run];
        this.history.changed();
    }

    /** Call after a change of a run's members. Runs of a deleted job go with their end. */
    runChanged(run: StoredRun): void {
        if (!isActive(run) && this.findJob(run.JobName) === undefined) {
            this.history.state.runs = this.history.state.runs.filter((other) => other !== run);
        }
        this.history.changed();
    }

    /** Newest first. */
    bookmarksOf(jobName: string): StoredBookmark[] {
        return this.bookmarks.state.entries.filter((entry) => entry.JobName === jobName).reverse();
    }

    addBookmark(entry: StoredBookmark): void {
        const kept = [entry, ...this.bookmarksOf(entry.JobName)].slice(0, mostBookmarksPerJob).reverse();
        const others = this.bookmarks.state.entries.filter((other) => other.JobName !== entry.JobName);
        this.bookmarks.state.entries = [...others, ...kept];
        this.bookmarks.changed();
    }

    flush(): void {
        for (const store of [this.definitions, this.history, this.bookmarks]) store.flush();
    }
}
