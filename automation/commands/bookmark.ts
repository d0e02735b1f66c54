import type { Command } from "commander";
import { bookmarkOf, forgotten, type BookmarkState } from "../bookmark";
import { StepFailure } from "../errors";
import { count, plural, table } from "../format";
import { day } from "../jobModes";
import type { CommonOptions } from "../session";
import { etlStep } from "../steps";
import { localStack } from "../target";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

interface SetBackOptions extends CommonOptions {
    readonly yes?: boolean;
    readonly from?: string;
}

export function registerBookmark(program: Command): void {
    const bookmark = program.command("bookmark").description("what the job has read, and how to make it read again");
    withJson(
        withDataset(withStack(bookmark.command("show").description("raw objects read, by day of arrival"))),
    ).action(
        inSession(async (session, options: CommonOptions) => {
            const states: BookmarkState[] = [];
            for (const lake of await session.lakeDatasets()) states.push(await bookmarkOf(lake));
            if (options.json) printJson(states);
            else for (const state of states) print(describe(state));
        }),
    );
    setBack(bookmark.command("reset").description("forget all that was read; the next run reads everything again"));
    setBack(
        bookmark
            .command("rewind")
            .description("forget what arrived since a day; the next run reads it again")
            .requiredOption("--from <day>", "first day of arrival to forget, YYYY-MM-DD", day),
    );
}

/** Nothing is lost by it, and no row comes twice: but a run over all of bronze takes its time and its money. */
function setBack(command: Command): void {
    withDataset(withStack(command))
        .option("--yes", "needed for every stack but local; of prod, with --dataset")
        .action(
            inSession<SetBackOptions>(
                async (session, options) => {
                    const since: Record<string, string> = options.from === undefined ? {} : { "--from": options.from };
                    for (const lake of await session.lakeDatasets()) {
                        const before = await bookmarkOf(lake);
                        session.progress.note(
                            `${before.dataset}: of ${plural(before.objects, "object")} read, ` +
                                `${count(forgotten(before, options.from))} will be read again by the next run; what is published stays.`,
                        );
                        await etlStep(session, lake, { "--mode": command.name(), ...since });
                        const { dataset, objects } = await bookmarkOf(lake);
                        print(`${dataset}: ${plural(objects, "object")} count as read; the next run reads the others.`);
                    }
                },
                (options) => checkYes(options, command.name()),
            ),
        );
}

/** @throws StepFailure that says the whole command again, with `--yes` and, of prod, the dataset's name */
export function checkYes({ stack, local, dataset, from, yes }: SetBackOptions, name: string): void {
    const named = dataset !== undefined || stack !== "prod";
    if (stack === localStack || (yes && named)) return;
    const words = [
        `lakeworks bookmark ${name}`,
        ...(from === undefined ? [] : [`--from ${from}`]),
        ...(named ? (dataset === undefined ? [] : [`--dataset ${dataset}`]) : ["--dataset <name>"]),
        `--stack ${stack}`,
        ...(local ? ["--local"] : []),
        "--yes",
    ];
    throw new StepFailure(`The bookmark of ${stack} stays: its next run would read again what it has read.`, {
        next: `If you mean it: ${words.join(" ")}.`,
    });
}

function describe({ dataset, objects, byArrival, runs, lastRun, glueRun }: BookmarkState): string {
    if (lastRun === undefined) return `${dataset}: no run has read anything yet.`;
    const glue = glueRun === undefined ? "has no bookmark" : glueRun === 0 ? "was reset" : `counts ${glueRun}`;
    const line = `${dataset}: ${plural(objects, "object")} read by ${plural(runs, "run")}, the last ${lastRun}; Glue ${glue}.`;
    if (objects === 0) return line;
    return [
        line,
        table(
            [
                { title: "Arrived", numeric: false },
                { title: "Objects", numeric: true },
            ],
            Object.entries(byArrival)
                .reverse()
                .map(([day, number]) => [day || "in no day's folder", count(number)]),
        ),
    ].join("\n");
}
