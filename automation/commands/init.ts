import * as path from "node:path";
import type { Command } from "commander";
import { bold, dim } from "picocolors";
import { count, plural, table } from "../format";
import { planDataset, writeDataset, type InitPlan, type InitRequest } from "../init";
import { projectRoot } from "../../tools/toolchain";
import { guarded, print, printJson, withJson } from "./common";

interface InitOptions extends Omit<InitRequest, "name"> {
    readonly dryRun?: boolean;
    readonly json?: boolean;
}

export function registerInit(program: Command): void {
    const command = program
        .command("init")
        .description("a new dataset from a sample file: JSON lines, CSV, XML or Parquet, also compressed")
        .argument("<name>", "the dataset's name, lower snake case")
        .requiredOption("--from <file>", "the sample: some hundred records, at most 16 MiB")
        .option("--time <column>", "column that says when a row happened (default: found)")
        .option("--key <columns>", "columns that tell rows apart, separated by commas (default: found)")
        .option("--row-tag <element>", "element of one record of XML (default: found)")
        .option("--dry-run", "print the contract and write nothing");
    withJson(command).action((name: string, options: InitOptions) =>
        guarded(async () => {
            const plan = await planDataset({ ...options, name });
            if (!options.dryRun) writeDataset(plan);
            if (options.json) printJson(asJson(plan, options));
            else print([describePlan(plan), options.dryRun ? contractOf(plan) : written(plan)].join("\n"));
        }),
    );
}

function asJson({ contract, columns, guesses, rules, queries, trial, folder, files }: InitPlan, options: InitOptions) {
    return {
        contract,
        guesses: [
            ...guesses,
            ...columns.map(({ column, reason }) => ({ about: `columns.${column.name}`, choice: column.type, reason })),
            ...rules.map(({ rule, reason }) => ({ about: "quality.rules", choice: rule, reason })),
            ...queries.map(({ name, reason }) => ({ about: "queries", choice: name, reason })),
        ],
        trial,
        folder,
        files: Object.keys(files),
        written: options.dryRun !== true,
    };
}

function describePlan({ contract, columns, guesses, rules, queries, trial }: InitPlan): string {
    const text = (title: string) => ({ title, numeric: false });
    const all = Number.MAX_SAFE_INTEGER;
    const lost = [
        ...Object.entries(trial.reasons).map(([reason, number]) => `${count(number)} quarantined as ${reason}`),
        ...(trial.duplicates > 0 ? [`${plural(trial.duplicates, "duplicate")} dropped`] : []),
    ];
    return [
        bold(`What the sample says of ${contract.name}`),
        ...guesses.map(({ about, choice, reason }) => `  ${about}: ${bold(choice)} ${dim(`– ${reason}`)}`),
        "",
        table(
            [text("Column"), text("Type"), text("From field"), text("Why")],
            columns.map(({ column, field, reason }) => [column.name, column.type, field.name, reason]),
            all,
        ),
        "",
        ...rules.map(({ rule, reason }) => `  ${rule} ${dim(`– ${reason}`)}`),
        ...queries.map(({ name, reason }) => `  queries/${name}.sql ${dim(`– ${reason}`)}`),
        "",
        `The job's own first step over the sample: ${plural(trial.records, "record")}, ${plural(trial.clean, "row")} ` +
            `in ${plural(trial.partitions, "partition")}${lost.map((one) => `, ${one}`).join("")}.`,
    ].join("\n");
}

function contractOf({ files, contract }: InitPlan): string {
    return `\ndatasets/${contract.name}/contract.ts would be (nothing is written):\n\n${files["contract.ts"]!}`;
}

function written({ contract: { name }, folder, files, sample }: InitPlan): string {
    const at = path.relative(projectRoot, folder);
    return [
        "",
        `Written: ${[...Object.keys(files), sample.name].map((file) => path.join(at, file)).join(", ")}`,
        `Read ${path.join(at, "contract.ts")}: the comments say what was guessed. Then:`,
        `  lakeworks run --dataset ${name}`,
    ].join("\n");
}
