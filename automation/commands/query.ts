import { InvalidArgumentError, type Command } from "commander";
import { dataset, datasets } from "../../datasets";
import { StepFailure } from "../errors";
import { plural } from "../format";
import { checkQueries, describeChecks, type CheckedQuery } from "../queryCheck";
import { describeList, listQueries } from "../queryList";
import { ask, chooseQueries, describeAnswer, pose, scanRaw, type QueryAnswer, type RawScan } from "../questions";
import { Session, type CommonOptions, type LakeDataset } from "../session";
import { collectParameters, guarded, print, printJson, withDataset, withJson, withStack } from "./common";

interface QueryOptions extends CommonOptions {
    readonly param: Readonly<Record<string, string>>;
    /** Minutes, or true without a number. */
    readonly reuse?: number | true;
    readonly list?: boolean;
    readonly check?: boolean;
}

export function registerQuery(program: Command): void {
    const command = program
        .command("query")
        .description("ask the dataset's questions in Athena, all or one, with scan and cost")
        .argument("[name]", "one query, e.g. revenue-by-category")
        .option(
            "--param <name=value>",
            "value of one of the query's parameters; may be repeated",
            collectParameters,
            {},
        )
        .option(
            "--reuse [minutes]",
            "take an earlier answer of at most that age where there is one (60, a week at most)",
            age,
        )
        .option("--list", "show what can be asked, with its parameters; asks nothing")
        .option("--check", "check names, types and columns of the queries against the catalog; reads no data");
    withJson(withDataset(withStack(command))).action((name: string | undefined, options: QueryOptions) =>
        guarded(() =>
            options.list ? list(name, options) : options.check ? check(name, options) : answer(name, options),
        ),
    );
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultReuseByAgeConfiguration.html */
function age(text: string): number {
    const minutes = Number(text);
    if (/^\d+$/.test(text) && minutes >= 1 && minutes <= 10_080) return minutes;
    throw new InvalidArgumentError("It must be a whole number of minutes, 1 to 10080.");
}

const chosenDatasets = (options: QueryOptions) =>
    options.dataset === undefined ? datasets : [dataset(options.dataset)];

async function list(name: string | undefined, options: QueryOptions): Promise<void> {
    const all = chosenDatasets(options);
    if (name !== undefined) chooseQueries(all, name);
    const listed = listQueries(all).filter((query) => name === undefined || query.name === name);
    if (options.json) printJson(listed);
    else print(describeList(listed));
}

async function answer(name: string | undefined, options: QueryOptions): Promise<void> {
    if (name === undefined && Object.keys(options.param).length > 0)
        throw new StepFailure("--param needs a query.", { next: "lakeworks query <name> --param month=3" });
    // Before anything is started: what is wrong with the parameters is known without an engine.
    const posed = chooseQueries(chosenDatasets(options), name).map(({ dataset, queries }) => ({
        dataset,
        questions: queries.map((query) => pose(query, options.param)),
    }));
    const session = await Session.open(options);
    const lakes = await session.lakeDatasets();
    const answers: (QueryAnswer & { raw: RawScan })[] = [];
    for (const { dataset, questions } of posed) {
        const lake = lakes.find((one) => one.dataset === dataset)!;
        const raw = await scanRaw(session, lake);
        for (const question of questions) {
            const answer = await ask(session, lake, question, options.reuse === true ? 60 : options.reuse);
            answers.push({ ...answer, raw });
            if (!options.json) print(describeAnswer(answer, raw));
        }
    }
    if (options.json) printJson(answers);
}

async function check(name: string | undefined, options: QueryOptions): Promise<void> {
    const ofName = (lake: LakeDataset) =>
        lake.dataset.queries.filter((query) => name === undefined || query.name === name);
    if (name !== undefined) chooseQueries(chosenDatasets(options), name);
    const session = await Session.open(options);
    const checked: CheckedQuery[] = [];
    for (const lake of await session.lakeDatasets())
        if (ofName(lake).length > 0) checked.push(...(await checkQueries(session, lake, ofName(lake))));
    if (options.json) printJson(checked);
    else print(describeChecks(checked));
    const bad = checked.filter(({ faults }) => faults.length > 0).length;
    if (bad > 0) {
        throw new StepFailure(
            `${plural(bad, "query", "queries")} of ${checked.length} would not answer as the front matter says.`,
            {
                next: "Correct the statement, or columns in its front matter (docs/datasets.md).",
            },
        );
    }
}
