import type { Command } from "commander";
import { describeReport, type RunReport } from "../runReport";
import type { CommonOptions } from "../session";
import { etlStep } from "../steps";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

export function registerEtl(program: Command): void {
    withJson(
        withDataset(
            withStack(program.command("etl").description("run the Glue job on what has arrived since its last run")),
        ),
    ).action(
        inSession(async (session, options: CommonOptions) => {
            const reports: RunReport[] = [];
            for (const lake of await session.lakeDatasets()) {
                const { run, report } = await etlStep(session, lake);
                reports.push(report);
                if (!options.json) print(`${describeReport(report)}\nRun ${run.Id}: ${run.ExecutionTime} s.`);
            }
            if (options.json) printJson(reports);
        }),
    );
}
