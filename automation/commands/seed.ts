import { InvalidArgumentError, type Command } from "commander";
import { bytes, count, plural } from "../format";
import { bucketStore, parseLocation } from "../objects";
import { defaultShape, isSeeded, type SeedResult, type SeedShape } from "../seeding";
import type { CommonOptions, LakeDataset, Session } from "../session";
import { seedStep } from "../steps";
import { atLeast, inSession, print, printJson, withDataset, withJson, withStack } from "./common";

export interface SeedOptions extends CommonOptions, Partial<SeedShape> {
    readonly moreDays?: number;
}

/** The options that decide what is seeded; also those of `run`. */
export function withShape(command: Command): Command {
    return command
        .option(
            "--rows <n>",
            `clean rows of each dataset over all days (default: ${count(defaultShape.rows)})`,
            atLeast(1),
        )
        .option("--days <n>", `days of arrival (default: ${defaultShape.days})`, atLeast(1))
        .option("--start <date>", `first day of arrival (default: ${defaultShape.start})`, date)
        .option("--seed <n>", `same seed, same data (default: ${defaultShape.seed})`, atLeast(0))
        .option("--bad-rate <share>", `lines no job may publish, 0 to 1 (default: ${defaultShape.badRate})`, share)
        .option("--duplicate-rate <share>", `exact copies, 0 to 1 (default: ${defaultShape.duplicateRate})`, share)
        .option(
            "--late-rate <share>",
            `rows that arrive days after their event, 0 to 1 (default: ${defaultShape.lateRate})`,
            share,
        );
}

/** The shape values that were given on the command line. */
export function shapeOf(options: Partial<SeedShape>): Partial<SeedShape> {
    const given = (Object.keys(defaultShape) as (keyof SeedShape)[]).filter((key) => options[key] !== undefined);
    return Object.fromEntries(given.map((key) => [key, options[key]]));
}

export function registerSeed(program: Command): void {
    const command = program
        .command("seed")
        .description("put sample raw data into bronze; what is there already stays untouched");
    withJson(withShape(withDataset(withStack(command))))
        .option("--more-days <n>", "whole days after the last seeded one, with its rows per day and seed", atLeast(1))
        .action(
            inSession(async (session, options: SeedOptions) => {
                const results: (SeedResult & { dataset: string })[] = [];
                const lakes = await session.lakeDatasets();
                for (const lake of options.moreDays === undefined ? lakes : await continuable(session, lakes)) {
                    const result = await seedStep(session, lake, {
                        shape: shapeOf(options),
                        moreDays: options.moreDays,
                    });
                    results.push({ dataset: lake.dataset.contract.name, ...result });
                    if (!options.json) print(describeSeed(lake.of.rawLocation, result));
                }
                if (options.json) printJson(results);
            }),
        );
}

/** Datasets that have days to continue; all of them where none has, for the reason to be told. */
async function continuable(session: Session, lakes: LakeDataset[]): Promise<LakeDataset[]> {
    const found: LakeDataset[] = [];
    for (const lake of lakes) {
        const { bucket } = parseLocation(lake.of.rawLocation);
        if (await isSeeded(bucketStore(lake.clients.s3, bucket), lake.dataset)) found.push(lake);
    }
    if (found.length === 0) return lakes;
    for (const lake of lakes.filter((each) => !found.includes(each)))
        session.progress.note(`${lake.dataset.contract.name} has not been seeded and gets no more days.`);
    return found;
}

function describeSeed(location: string, { counts, objects, uploaded, finished }: SeedResult): string {
    return [
        `${location}: ${count(counts.lines)} lines, ${bytes(counts.bytes)} in ${plural(objects, "object")}`,
        `  clean ${count(counts.clean)} (${count(counts.late)} of them late), bad ${count(counts.bad)}, duplicates ${count(counts.duplicates)}`,
        ...Object.entries(counts.badByReason).map(([reason, number]) => `    ${reason} ${count(number)}`),
        `  uploaded now: ${plural(uploaded.objects, "object")}, ${bytes(uploaded.bytes)}`,
        ...(finished
            ? ["  these are the days of an earlier seeding that was cut short; the same command again adds more"]
            : []),
    ].join("\n");
}

function share(text: string): number {
    const value = Number(text);
    if (text.trim() === "" || !(value >= 0 && value <= 1))
        throw new InvalidArgumentError("It must be a number from 0 to 1.");
    return value;
}

function date(text: string): string {
    const parsed = new Date(`${text}T00:00:00Z`);
    const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !real) throw new InvalidArgumentError("It must be a date, YYYY-MM-DD.");
    return text;
}
