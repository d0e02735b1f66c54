import { GetJobRunCommand, GetJobRunsCommand, EntityNotFoundException, type JobRun } from "@aws-sdk/client-glue";
import { InvalidArgumentError, type Command } from "commander";
import { StepFailure } from "../errors";
import { runLogs } from "../logTail";
import type { CommonOptions, LakeDataset } from "../session";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

interface LogsOptions extends CommonOptions {
    readonly lines: number;
    readonly run?: string;
}

export function registerLogs(program: Command): void {
    const command = program.command("logs").description("what a run of the job printed; without a run: the newest one");
    withJson(withDataset(withStack(command.argument("[run]", "the run's id, jr_…"))))
        .option("--lines <n>", "the last lines of each stream", lines, 100)
        .action((run: string | undefined, options: LogsOptions) =>
            inSession(async (session) => {
                const { lake, found } = await findRun(await session.lakeDatasets(), run);
                const streams = await runLogs(lake.clients.logs, found, options.lines);
                if (options.json) return printJson({ run: found.Id, state: found.JobRunState, ...streams });
                session.progress.note(`Run ${found.Id} of ${found.JobName}: ${found.JobRunState}`);
                if (found.ErrorMessage) session.progress.note(found.ErrorMessage);
                for (const [name, text] of Object.entries(streams)) {
                    session.progress.note(`\n${name}${text.length === 0 ? ": nothing" : ""}`);
                    if (text.length > 0) print(text.join("\n"));
                }
            })(options),
        );
}

/** @throws StepFailure where no dataset has such a run, or none has run yet */
async function findRun(lakes: readonly LakeDataset[], id?: string): Promise<{ lake: LakeDataset; found: JobRun }> {
    const candidates = (await Promise.all(lakes.map((lake) => runsOf(lake, id)))).flat();
    const newest = candidates.sort((one, other) => Number(other.found.StartedOn) - Number(one.found.StartedOn))[0];
    if (newest !== undefined) return newest;
    const jobs = lakes.map(({ of }) => of.job).join(", ");
    throw new StepFailure(id === undefined ? `There is no run of ${jobs} yet.` : `There is no run ${id} of ${jobs}.`, {
        next: id === undefined ? `Start one: "lakeworks etl".` : `"lakeworks status" shows the newest ones.`,
    });
}

async function runsOf(lake: LakeDataset, id?: string): Promise<{ lake: LakeDataset; found: JobRun }[]> {
    const { clients, of } = lake;
    const JobName = of.job;
    if (id === undefined) {
        const { JobRuns = [] } = await clients.glue.send(new GetJobRunsCommand({ JobName, MaxResults: 1 }));
        return JobRuns.map((found) => ({ lake, found }));
    }
    try {
        const { JobRun: found } = await clients.glue.send(new GetJobRunCommand({ JobName, RunId: id }));
        return [{ lake, found: found! }];
    } catch (error) {
        if (error instanceof EntityNotFoundException) return [];
        throw error;
    }
}

function lines(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 1 to 9999.");
    return Number(text);
}
