/** AWS Glue jobs: scripts run on real Spark, one isolated driver per run. */
import type { Action } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import type { LocalService } from "../../protocol/operations";
import type { Endings, Origin } from "../endings";
import type { TagStore } from "../tags";
import { bookmarkOperations } from "./bookmarks";
import { definitionOperations } from "./definitions";
import { Executor } from "./executor";
import { requestOf } from "./origin";
import { runOperations, startRun, type RunSurroundings } from "./runs";
import { JobState } from "./state";

export interface Jobs extends LocalService {
    /** @throws AwsError when the run cannot start */
    readonly startByTrigger: (action: Action, origin: Origin) => string;
}

/** Runs that were under way when the local AWS last ended are FAILED from here on. */
export function createJobs(
    context: LocalContext,
    tags: TagStore,
    surroundings: RunSurroundings,
    endings: Endings,
): Jobs {
    const state = new JobState(context);
    const executor = new Executor(context, state, surroundings.securityConfigurations, endings);
    return {
        operations: {
            ...definitionOperations(state, tags, surroundings.securityConfigurations),
            ...runOperations(state, executor, surroundings),
            ...bookmarkOperations(state),
        },
        startByTrigger: (action, origin) =>
            startRun(state, executor, surroundings, requestOf(action, origin), origin).Id,
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
