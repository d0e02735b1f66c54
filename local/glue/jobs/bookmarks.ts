/** Job bookmarks. @see https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html */
import * as fs from "node:fs";
import * as path from "node:path";
import type { GetJobBookmarkRequest, ResetJobBookmarkRequest } from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import type { JobState, StoredBookmark, StoredRun } from "./state";

export function bookmarkOperations(state: JobState): Operations {
    return {
        GetJobBookmark: (input: GetJobBookmarkRequest) => {
            return { JobBookmarkEntry: bookmark(state, input.JobName, input.RunId) };
        },
        /** Without RunId the next run reads everything; with it, what came after that run's bookmark. */
        ResetJobBookmark: (input: ResetJobBookmarkRequest) => {
            const latest = bookmark(state, input.JobName, undefined);
            const target = input.RunId === undefined ? undefined : bookmark(state, input.JobName, input.RunId);
            const entry: StoredBookmark = {
                JobName: latest.JobName,
                Version: latest.Version + 1,
                Run: target?.Run ?? 0,
                Attempt: target?.Attempt ?? 0,
                PreviousRunId: target?.PreviousRunId,
                RunId: target?.RunId,
                JobBookmark: target?.JobBookmark ?? "{}",
            };
            state.addBookmark(entry);
            return { JobBookmarkEntry: entry };
        },
    };
}

/** The bookmark with which a run starts: states by transformation_ctx. */
export function bookmarkFor(state: JobState, jobName: string): Record<string, unknown> {
    return JSON.parse(state.bookmarksOf(jobName)[0]?.JobBookmark ?? "{}") as Record<string, unknown>;
}

/** Where the run's Job.commit writes its bookmark. */
export function committedFile(state: JobState, runId: string): string {
    return path.join(state.committedDir, `${runId}.json`);
}

/**
 * Takes over what the run committed, if it did: also when the script failed after Job.commit, since on AWS the commit
 * has happened by then.
 */
export function adoptCommitted(state: JobState, run: StoredRun): void {
    const file = committedFile(state, run.Id);
    if (!fs.existsSync(file)) return;
    const before = state.bookmarksOf(run.JobName)[0];
    if (before?.RunId !== run.Id && state.findJob(run.JobName) !== undefined) {
        state.addBookmark({
            JobName: run.JobName,
            Version: before?.Version ?? 1,
            Run: (before?.Run ?? 0) + 1,
            Attempt: run.Attempt,
            PreviousRunId: before?.RunId,
            RunId: run.Id,
            JobBookmark: fs.readFileSync(file, "utf8"),
        });
        state.flush();
    }
    fs.rmSync(file, { force: true });
}

function bookmark(state: JobState, jobName: string | undefined, runId: string | undefined): StoredBookmark {
    const job = state.job(jobName);
    const entries = state.bookmarksOf(job.Name);
    const found = runId === undefined ? entries[0] : entries.find((entry) => entry.RunId === runId);
    if (found === undefined) {
        const which = runId === undefined ? "" : ` and run ${runId}`;
        throw new AwsError("EntityNotFoundException", `Continuation for job ${job.Name}${which} not found`);
    }
    return found;
}
