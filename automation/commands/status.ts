import type { Command } from "commander";
import { count, plural, seconds, table } from "../format";
import { statusOf, type DatasetStatus, type RunStatus } from "../lakeStatus";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

const shownRuns = 5;

export function registerStatus(program: Command): void {
    withJson(
        withDataset(withStack(program.command("status").description("newest runs and crawls, how fresh the data is"))),
    ).action(
        inSession(async (session, options: CommonOptions) => {
            const found: DatasetStatus[] = [];
            for (const lake of await session.lakeDatasets()) {
                found.push(await statusOf(lake, { runs: shownRuns, now: new Date() }));
            }
            if (options.json) printJson({ stack: session.stackName, datasets: found });
            else for (const each of found) print(describeStatus(each));
        }),
    );
}

export function describeStatus({ dataset, runs, crawlers, silver }: DatasetStatus): string {
    return [
        "",
        dataset,
        `  ${silverLine(silver)}`,
        ...crawlers.map(({ name, state, last, at, reason }) => {
            const when = at === undefined ? "" : ` ${time(at)}`;
            return `  Crawler ${name}: ${state.toLowerCase()}, last crawl ${last?.toLowerCase() ?? "never"}${when}${reason ? ` (${reason})` : ""}`;
        }),
        runs.length === 0 ? "  No run of the job yet." : runTable(runs),
        ...runs.filter(({ error }) => error).map(({ id, error }) => `  ${id}: ${error} (lakeworks logs ${id})`),
    ].join("\n");
}

function silverLine({
    table: name,
    partitions,
    newest,
    ageHours,
    freshnessHours,
    fresh,
}: DatasetStatus["silver"]): string {
    if (newest === undefined) return `${name} has no partitions yet.`;
    const age =
        ageHours === undefined
            ? ""
            : `, ${ageHours < 48 ? plural(ageHours, "hour") : plural(Math.floor(ageHours / 24), "day")} old`;
    const promise =
        fresh === undefined ? "" : `; the contract promises ${freshnessHours} hours: ${fresh ? "kept" : "not kept"}`;
    return `${name} has ${plural(partitions, "partition")}, the newest ${newest.join("-")}${age}${promise}.`;
}

function runTable(runs: readonly RunStatus[]): string {
    const columns = ["Run", "State", "Started", "Took", "Published", "Quarantined"];
    return table(
        columns.map((title) => ({ title, numeric: ["Took", "Published", "Quarantined"].includes(title) })),
        runs.map(({ id, state, started, seconds: took, published, quarantined }) => [
            id,
            state,
            started === undefined ? null : time(started),
            took === undefined ? null : seconds(took),
            published === undefined ? null : count(published),
            quarantined === undefined ? null : count(quarantined),
        ]),
    );
}

function time(at: Date): string {
    return at.toISOString().slice(0, 19).replace("T", " ");
}
