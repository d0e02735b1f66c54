import type { Command } from "commander";
import { ask, chooseQueries, describeAnswer, scanRaw, type QueryAnswer, type RawScan } from "../questions";
import type { CommonOptions } from "../session";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

export function registerQuery(program: Command): void {
    const command = program
        .command("query")
        .description("ask the dataset's questions in Athena, all or one, with scan and cost");
    withJson(withDataset(withStack(command.argument("[name]", "one query, e.g. revenue-by-category")))).action(
        (name: string | undefined, options: CommonOptions) =>
            inSession(async (session) => {
                const answers: (QueryAnswer & { raw: RawScan })[] = [];
                for (const { lake, queries } of chooseQueries(await session.lakeDatasets(), name)) {
                    const raw = await scanRaw(session, lake);
                    for (const query of queries) {
                        const answer = await ask(session, lake, query);
                        answers.push({ ...answer, raw });
                        if (!options.json) print(describeAnswer(answer, raw));
                    }
                }
                if (options.json) printJson(answers);
            })(options),
    );
}
