import type { Command } from "commander";
import { day, modeArguments, type ModeOptions } from "../jobModes";
import { describeReport, type RunReport } from "../runReport";
import type { CommonOptions } from "../session";
import { etlStep } from "../steps";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

export function registerEtl(program: Command): void {
    withJson(
        withDataset(
            withStack(program.command("etl").description("run the Glue job on what has arrived since its last run")),
        ),
    )
        .option("--backfill", "read again what arrived from --from to --to, whether it has been read or not")
        .option("--compact", "join the small files of the partitions with events from --from to --to")
        .option("--from <day>", "first day, YYYY-MM-DD", day)
        .option("--to <day>", "last day, YYYY-MM-DD", day)
        .action(
            inSession<CommonOptions & ModeOptions>(async (session, options) => {
                const jobArguments = modeArguments(options);
                const reports: RunReport[] = [];
                for (const lake of await session.lakeDatasets()) {
                    const { run, report } = await etlStep(session, lake, jobArguments);
                    reports.push(report);
                    if (!options.json) print(`${describeReport(report)}\nRun ${run.Id}: ${run.ExecutionTime} s.`);
                }
                if (options.json) printJson(reports);
            }, modeArguments),
        );
}
