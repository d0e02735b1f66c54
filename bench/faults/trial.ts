/** One command with one disturbance: how it ended, and whether the same command succeeds afterwards. */
import { GetCrawlerCommand, GetJobRunsCommand, GlueClient } from "@aws-sdk/client-glue";
import type { DatasetOutputs } from "../../components/lakeOutputs";
import { localCredentials } from "../../local/context";
import { startLocal } from "../../local/control";
import { eventually, processesWith, type Outcome, type TestLake } from "../../tests/e2e/harness";
import * as path from "node:path";
import type { Dice } from "./dice";
import type { Disturbance, Stage } from "./disturbances";

export type Ending = "succeeded" | "failed" | "killed";

export interface Trial {
    readonly stage: Stage;
    readonly disturbance: string;
    readonly ending: Ending;
    /** What a user was told where that was not clear, or why the command did not succeed again. */
    readonly problem?: string;
}

export interface Command {
    readonly stage: Stage;
    readonly args: readonly string[];
    /** The repository or an edited copy of it. */
    readonly program?: string;
    readonly usualMs: number;
}

export async function tryOne(
    lake: TestLake,
    of: DatasetOutputs,
    command: Command,
    disturbance: Disturbance,
    dice: Dice,
): Promise<Trial> {
    const { stage, args, program, usualMs } = command;
    const start = () => lake.start(args, program);
    const outcomes = await disturbance.befall({ lake, dice, start, usualMs });
    const known = { stage, disturbance: disturbance.name, ending: endingOf(outcomes) };
    await settled(lake, of);
    const problems = outcomes.flatMap((outcome) => unclearIn(outcome) ?? []);
    if (known.ending !== "succeeded") {
        const again = await start().done;
        if (again.code !== 0) problems.push(`again: ${again.stderr.trim().slice(-600)}`);
    }
    return problems.length === 0 ? known : { ...known, problem: problems.join("; ") };
}

/** Of two at once, one that succeeded counts. */
function endingOf(outcomes: readonly Outcome[]): Ending {
    if (outcomes.some(({ code }) => code === 0)) return "succeeded";
    return outcomes.every(({ code }) => code === null) ? "killed" : "failed";
}

/** A failure that is told by a stack of calls, or not at all. */
function unclearIn({ code, stderr }: Outcome): string | undefined {
    if (code === 0 || code === null) return undefined;
    const said = stderr.trim();
    const stack = /\n\s+at .+[:(]\d+/.exec(said);
    return said === "" || stack !== null ? said.slice(-600) || `exit code ${code} without a word` : undefined;
}

/** Waits for what goes on without the command: a user is told to. */
async function settled(lake: TestLake, of: DatasetOutputs): Promise<void> {
    // Where AWS itself was killed.
    const { endpoint, region } = await startLocal({ stateDir: path.join(lake.home, "local"), port: 0 });
    const glue = new GlueClient({ endpoint, region, credentials: localCredentials });
    await eventually("nothing runs", async () => {
        const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName: of.job }));
        if (JobRuns.some((run) => ["STARTING", "RUNNING", "STOPPING", "WAITING"].includes(run.JobRunState!)))
            return false;
        for (const Name of [of.rawCrawler, of.processedCrawler]) {
            if ((await glue.send(new GetCrawlerCommand({ Name }))).Crawler?.State !== "READY") return false;
        }
        return !processesWith(lake.home).some((line) => /^\d+ \S*pulumi /.test(line));
    });
}
