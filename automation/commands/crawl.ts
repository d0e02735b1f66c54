import { Argument, type Command } from "commander";
import { describeCrawl, type CrawlResult } from "../crawling";
import type { CommonOptions } from "../session";
import { crawlStep, type Zone } from "../steps";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

export function registerCrawl(program: Command): void {
    const zone = new Argument(
        "[zone]",
        "bronze finds the raw table, silver the new partitions of quarantined records",
    ).choices(["bronze", "silver"]);
    withJson(
        withDataset(
            withStack(program.command("crawl").description("run the crawlers").addArgument(zone.default("bronze"))),
        ),
    ).action((chosen: Zone, options: CommonOptions) =>
        inSession(async (session) => {
            const results: CrawlResult[] = [];
            for (const lake of await session.lakeDatasets()) {
                const result = await crawlStep(session, lake, chosen);
                results.push(result);
                const table = chosen === "bronze" ? lake.of.rawTable : `${lake.of.table}_quarantine`;
                if (!options.json && result.skipped === undefined) {
                    print(`${lake.of.database}: ${describeCrawl(result, table)}`);
                }
            }
            if (options.json) printJson(results);
        })(options),
    );
}
