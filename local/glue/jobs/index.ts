/** AWS Glue jobs: scripts run on real Spark, one isolated driver per run. */
import type { LocalContext } from "../../context";
import type { LocalService } from "../../protocol/operations";
import type { TagStore } from "../tags";
import { bookmarkOperations } from "./bookmarks";
import { definitionOperations } from "./definitions";
import { Executor } from "./executor";
import { runOperations } from "./runs";
import { JobState } from "./state";

/** Runs that were under way when the local AWS last ended are FAILED from here on. */
export function createJobs(context: LocalContext, tags: TagStore): LocalService {
    const state = new JobState(context);
    const executor = new Executor(context, state);
    return {
        operations: {
            ...definitionOperations(state, tags),
            ...runOperations(state, executor),
            ...bookmarkOperations(state),
        },
        warm: () => executor.pool.warm(),
        status: () => ({
            jobs: state.jobs.length,
            activeRuns: state.activeRuns().length,
            ...executor.pool.status(),
        }),
        stop: async () => {
            await executor.stop();
            state.flush();
        },
    };
}
