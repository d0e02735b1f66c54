import type { Command } from "commander";
import { bold, dim, yellow } from "picocolors";
import { dataset, datasets } from "../../datasets";
import { StepFailure } from "../errors";
import { explain, type Explanation } from "../explain";
import { bytes, dollars, plural } from "../format";
import { chooseQueries, pose } from "../questions";
import { Session, type CommonOptions } from "../session";
import { collectParameters, guarded, print, printJson, withDataset, withJson, withStack } from "./common";

interface ExplainOptions extends CommonOptions {
    readonly param: Readonly<Record<string, string>>;
    readonly sql?: string;
}

export function registerExplain(program: Command): void {
    const command = program
        .command("explain")
        .description("what a query would read and cost, how it would run, and what is wrong with it; reads no data")
        .argument("[name]", "one query, e.g. revenue-by-category")
        .option(
            "--param <name=value>",
            "value of one of the query's parameters; may be repeated",
            collectParameters,
            {},
        )
        .option("--sql <statement>", "a SELECT of your own instead; needs --dataset");
    withJson(withDataset(withStack(command))).action((name: string | undefined, options: ExplainOptions) =>
        guarded(async () => {
            const asked = whatIsAsked(name, options);
            const session = await Session.open(options);
            const lakes = await session.lakeDatasets();
            const explained: Explanation[] = [];
            for (const { of, ...each } of asked) {
                const lake = lakes.find((one) => one.dataset.contract.name === of)!;
                explained.push(await explain(session, lake, each));
            }
            if (options.json) printJson(explained);
            else for (const each of explained) print(describeExplanation(each));
        }),
    );
}

function whatIsAsked(name: string | undefined, { sql, dataset: of, param }: ExplainOptions) {
    if ((name === undefined) === (sql === undefined)) {
        throw new StepFailure("Say what is to be explained: the name of a query, or a statement by --sql.", {
            next: "lakeworks explain revenue-by-category",
        });
    }
    if (sql === undefined) {
        return chooseQueries(of === undefined ? datasets : [dataset(of)], name).flatMap((chosen) =>
            chosen.queries.map((query) => ({
                of: chosen.dataset.contract.name,
                name: query.name,
                sql: query.select,
                parameters: pose(query, param).parameters,
            })),
        );
    }
    if (of === undefined) {
        throw new StepFailure("--sql needs --dataset: the database that its tables are in.", {
            next: `Datasets: ${datasets.map(({ contract }) => contract.name).join(", ")}.`,
        });
    }
    if (!/^\s*(select|with)\b/i.test(sql)) throw new StepFailure("--sql takes a SELECT, or WITH … SELECT, alone.");
    return [{ of, name: "the statement", sql: sql.trim().replace(/;$/, ""), parameters: [] }];
}

export function describeExplanation({ name, scans, warnings, plan, ...of }: Explanation): string {
    return [
        "",
        bold(name),
        ...scans.map(({ table, keys, partitions, files, bytes: size, unknown }) => {
            if (unknown) return `  ${table}: its files are known to its own metadata alone`;
            const parts = keys.length === 0 ? "" : `${partitions.read} of ${plural(partitions.all, "partition")}, `;
            return `  ${table}: ${parts}${plural(files, "file")}, ${bytes(size)}`;
        }),
        ...(scans.length === 0
            ? ["  No table is read: the answer follows from the catalog and the conditions alone."]
            : []),
        ...(of.bytes === undefined || scans.length === 0
            ? []
            : [
                  `  At most ${bytes(of.bytes)} scanned, ${dollars(of.cost!)} (charged for ${bytes(of.bytesCharged!)}); less, as fewer columns are read.`,
              ]),
        ...warnings.flatMap(({ what, fix }) => [yellow(`  ! ${what}`), `    ${fix}`]),
        ...(warnings.length === 0 ? ["  Nothing is wrong with it."] : []),
        "",
        dim(plan.trimEnd()),
    ].join("\n");
}
