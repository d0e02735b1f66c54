import type { Command } from "commander";
import { datasets } from "../../datasets";
import { seconds } from "../format";
import type { StageTime } from "../progress";
import { ask, askable, describeAnswer, pose, scanRaw, type QueryAnswer } from "../questions";
import { describeReport, readRunReports } from "../runReport";
import type { LakeDataset, Session } from "../session";
import type { SeedShape } from "../seeding";
import { fillLake, upStep, type UpOptions } from "../steps";
import { writeReport } from "../report";
import { inSession, print, withDataset, withPolicyConfig, withStack } from "./common";
import { shapeOf, withShape, type SeedOptions } from "./seed";

export function registerRun(program: Command): void {
    const command = program
        .command("run")
        .description("the whole pipeline: deploy, seed, crawl, transform, ask, report");
    withShape(withDataset(withPolicyConfig(withStack(command)))).action(
        inSession(async (session, options: SeedOptions & UpOptions) => {
            const started = performance.now();
            // The engines start while Pulumi waits for AWS; a failure to start shows when the first step needs them.
            void session.target.warm().catch((error: unknown) => session.progress.note(`Warming up: ${String(error)}`));
            await upStep(session, options);
            const deployed = [...session.progress.times];
            for (const lake of await session.lakeDatasets()) {
                await pipeline(session, lake, shapeOf(options), deployed);
            }
            session.progress.note("");
            for (const stage of session.progress.times)
                session.progress.note(`${seconds(stage.seconds).padStart(12)}  ${stage.title}`);
            session.progress.note(`${seconds((performance.now() - started) / 1000).padStart(12)}  in all`);
            for (const { contract } of datasets.filter((found) => !session.datasets.includes(found))) {
                session.progress.note(
                    `The lake holds ${contract.name} as well: lakeworks run ${session.options} --dataset ${contract.name}`,
                );
            }
        }),
    );
}

/** @param deployed the steps before that belong to the dataset's report as well */
async function pipeline(
    session: Session,
    lake: LakeDataset,
    shape: Partial<SeedShape>,
    deployed: readonly StageTime[],
): Promise<void> {
    const startedAt = new Date();
    const stepsBefore = session.progress.times.length;
    const { seeded, etl } = await fillLake(session, lake, shape);
    const raw = await scanRaw(session, lake);
    const answers: QueryAnswer[] = [];
    for (const query of askable(lake.dataset.queries)) answers.push(await ask(session, lake, pose(query)));

    print(`\n${describeReport(etl.report)}`);
    for (const answer of answers) print(describeAnswer(answer, raw));
    const runs = await readRunReports(lake.clients.s3, lake.of.reportsLocation);
    const stages = [...deployed, ...session.progress.times.slice(stepsBefore)];
    const file = await writeReport({
        stack: session.stackName,
        contract: lake.dataset.contract,
        of: lake.of,
        startedAt,
        seeded,
        etl: etl.report,
        runs,
        raw,
        answers,
        stages,
    });
    print(`\nReport: ${file}\nAs Markdown and JSON: the same name with .md and .json`);
}
