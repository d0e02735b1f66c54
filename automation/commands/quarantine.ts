import { InvalidArgumentError, type Command } from "commander";
import { count, table } from "../format";
import { quarantined, type Quarantined } from "../quarantined";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

interface QuarantineOptions extends CommonOptions {
    readonly reason?: string;
    readonly limit: number;
}

/** A record is shown in one line of a terminal. */
const shownCharacters = 100;

export function registerQuarantine(program: Command): void {
    withJson(withDataset(withStack(program.command("quarantine").description("records that became no row, and why"))))
        .option("--reason <reason>", "of this reason alone")
        .option("--limit <n>", "records shown", limit, 10)
        .action(
            inSession(async (session, options: QuarantineOptions) => {
                const found: Quarantined[] = [];
                for (const lake of await session.lakeDatasets()) found.push(await quarantined(session, lake, options));
                if (options.json) printJson(found);
                else for (const each of found) print(describe(each, options.reason));
            }),
        );
}

function limit(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 1 to 9999.");
    return Number(text);
}

function describe({ dataset, counts, records }: Quarantined, reason?: string): string {
    if (counts.length === 0) {
        const which = reason === undefined ? "" : ` of the reason ${reason}`;
        return `${dataset}: no quarantined records${which} are known. New days are found by "lakeworks crawl silver".`;
    }
    const columns = (...titles: string[]) => titles.map((title) => ({ title, numeric: title === "Records" }));
    return [
        `\n${dataset}`,
        table(
            columns("Day", "Reason", "Records", "Run"),
            counts.map(({ day, reason, records: number, run }) => [day, reason, count(number), run]),
            50,
        ),
        table(
            columns("Reason", "Object", "Raw"),
            records.map((record) => [record.reason, shortened(record.object), shortened(record.raw)]),
            records.length,
        ),
    ].join("\n");
}

/** In one line, and without what a terminal would obey. */
export function shortened(raw: string): string {
    const line = raw.replaceAll(/\s+/g, " ").replaceAll(/\p{C}/gu, "\u{FFFD}");
    const characters = [...line];
    return characters.length > shownCharacters ? `${characters.slice(0, shownCharacters - 1).join("")}…` : line;
}
