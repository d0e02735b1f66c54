/**
 * Faults in every stage of the pipeline, at random moments that a seed repeats. After each the same command has to
 * succeed; after each day the lake has to hold exactly the rows that plain code finds in bronze, and no reader may have
 * seen part of a day:
 *
 *   npm run bench:faults -- --faults 200
 */
import { Command as Program } from "commander";
import * as path from "node:path";
import { guarded } from "../../automation/commands/common";
import { count, plural } from "../../automation/format";
import { Progress } from "../../automation/progress";
import type { DatasetOutputs } from "../../components/lakeOutputs";
import { editedProgram } from "../../tests/e2e/editedProgram";
import type { TestLake } from "../../tests/e2e/harness";
import { whole } from "../options";
import { report } from "../result";
import { withLake } from "../withLake";
import { Dice } from "./dice";
import { disturbances, type Stage } from "./disturbances";
import { daysOf, faultsOf, Reader, seenDays, truthNow } from "./truth";
import { tryOne, type Command, type Ending, type Trial } from "./trial";

interface Options {
    readonly faults: number;
    readonly seed: number;
}

const only = ["--dataset", "sales"];
const shape = ["--rows", "3000", "--days", "30"];
/** One deployment for so many days: it takes as long as all the others. */
const daysPerUp = 4;

async function bench({ faults, seed }: Options): Promise<void> {
    const [dice, progress] = [new Dice(seed), new Progress()];
    const trials: Trial[] = [];
    const wrong: string[] = [];
    let polls = 0;
    await withLake(async (lake) => {
        await progress.stage("Make the lake", () => lake.ok("run", ...shape, ...only));
        const of = lake.outputs().datasets["sales"]!;
        const programs = await progress.stage("Copy the program, with another setting", () => otherPrograms(lake));
        const usual = await progress.stage("A day in peace", () => usualTimes(lake, programs));
        // The deployment in peace was of the first program.
        for (let round = daysPerUp; trials.length < faults; round++) {
            const before = await seenDays(lake, of);
            for (const command of commandsOf(round, programs, usual)) {
                if (trials.length >= faults) break;
                const reader = command.stage === "job" ? await readerOf(lake, of, before) : undefined;
                const disturbance = dice.pick(disturbances.filter(({ stages }) => stages.includes(command.stage)));
                const title = `${trials.length + 1}/${faults} ${command.stage}: ${disturbance.name}`;
                const trial = await progress.stage(
                    title,
                    () => tryOne(lake, of, command, disturbance, dice),
                    ({ ending, problem }) => [ending, problem].filter(Boolean).join("; "),
                );
                trials.push(trial);
                await reader?.stop();
                polls += reader?.polls ?? 0;
                wrong.push(...(reader?.wrong ?? []).map((seen) => `read meanwhile: ${seen}`));
            }
            const found = await check(lake, of);
            progress.note(found.length === 0 ? `Day ${round - daysPerUp + 1}: exact` : found.join("\n"));
            wrong.push(...found);
        }
        tell(trials, wrong, polls, seed);
        if (wrong.length > 0 || trials.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
    });
}

/** A day's way through the pipeline. @param usual times in peace, by stage */
function commandsOf(round: number, programs: readonly string[], usual: ReadonlyMap<Stage, number>): Command[] {
    const command = (stage: Stage, ...args: string[]) => ({
        stage,
        usualMs: usual.get(stage) ?? 0,
        args: [...args, ...(stage === "up" ? [] : only)],
    });
    const query = ["top-products", "monthly-summary"][round % 2]!;
    const deploys = round % daysPerUp === 0;
    return [
        ...(deploys ? [{ ...command("up", "up"), program: programs[(round / daysPerUp) % programs.length] }] : []),
        command("seed", "seed", "--more-days", "1"),
        command("crawl bronze", "crawl", "bronze"),
        command("job", "etl"),
        command("crawl silver", "crawl", "silver"),
        command("query", "query", query),
    ];
}

/** A day in peace: how long each command takes, for faults to strike while it runs. */
async function usualTimes(lake: TestLake, programs: readonly string[]): Promise<Map<Stage, number>> {
    const usual = new Map<Stage, number>();
    for (const { stage, args, program } of commandsOf(0, programs, usual)) {
        const begin = performance.now();
        const { code, stderr } = await lake.start(args, program).done;
        if (code !== 0) throw new Error(`${args.join(" ")} fails in peace:\n${stderr}`);
        usual.set(stage, performance.now() - begin);
    }
    return usual;
}

/** Two copies of the program, which differ in a setting: each deployment has something to do. */
function otherPrograms(lake: TestLake): Promise<string[]> {
    const edits = (text: string) => ({ "datasets/sales/contract.ts": { 'description: "': `description: "${text} ` } });
    return Promise.resolve(
        ["One.", "Two."].map((text, index) => editedProgram(path.join(lake.home, `program-${index}`), edits(text))),
    );
}

async function readerOf(lake: TestLake, of: DatasetOutputs, before: Awaited<ReturnType<typeof seenDays>>) {
    return new Reader(lake, of, before, daysOf((await truthNow(lake, of)).sales));
}

/** A last round in peace for what the day's commands left, then the comparison. */
async function check(lake: TestLake, of: DatasetOutputs): Promise<string[]> {
    await lake.ok("etl", ...only);
    await lake.ok("crawl", "silver", ...only);
    return faultsOf(lake, of, await truthNow(lake, of));
}

function tell(trials: readonly Trial[], wrong: readonly string[], polls: number, seed: number): void {
    const stages = [...new Set(trials.map(({ stage }) => stage))];
    const ended = (own: readonly Trial[], ending: Ending) => own.filter((trial) => trial.ending === ending).length;
    const problems = trials.filter(({ problem }) => problem !== undefined);
    report({
        name: "faults",
        title: `${plural(trials.length, "fault")} in every stage (seed ${seed})`,
        columns: [
            { title: "stage" },
            ...["faults", "succeeded all the same", "failed, said why", "killed", "unclear, or not again"].map(
                (title) => ({
                    title,
                    format: count,
                }),
            ),
        ],
        rows: stages.map((stage) => {
            const own = trials.filter((trial) => trial.stage === stage);
            const bad = own.filter(({ problem }) => problem !== undefined).length;
            return [stage, own.length, ended(own, "succeeded"), ended(own, "failed"), ended(own, "killed"), bad];
        }),
        notes: [
            `Rows that are lost, doubled or partly seen: ${wrong.length === 0 ? "none" : wrong.slice(0, 10).join("; ")}. The reader looked ${count(polls)} times.`,
            ...problems.map(({ stage, disturbance, problem }) => `${stage}, ${disturbance}: ${problem}`),
        ],
    });
}

const program = new Program("bench:faults")
    .description("Disturbs the pipeline and looks whether anything was lost.")
    .option("--faults <n>", "how many", whole, 200)
    .option("--seed <n>", "same seed, same faults", whole, 9)
    .action(bench);

void guarded(async () => {
    await program.parseAsync();
});
