/**
 * The dataset's questions asked of several forms of the same data in one run: the partitioned silver table, gold, the same
 * rows as Parquet without partitions, and the raw JSON. Prints bytes scanned and time, and both as ratios to silver:
 *
 *   npm run bench:scan -- --rows 1000000 --days 365
 */
import { Command } from "commander";
import * as fs from "node:fs";
import * as path from "node:path";
import { runQuery, type Answer, type Statement } from "../../automation/athena";
import { guarded } from "../../automation/commands/common";
import { bytes, count, seconds } from "../../automation/format";
import { askable, pose } from "../../automation/questions";
import { Session, type LakeDataset } from "../../automation/session";
import { whole } from "../options";
import { report } from "../result";
import { withLake } from "../withLake";
import { onGold } from "./gold";

const dataset = "sales";
/** Each question is asked this often; the fastest counts, for noise only ever adds. */
const rounds = 3;

type Ask = (database: string, statement: Statement) => Promise<Answer>;

interface Options {
    readonly rows: number;
    readonly days: number;
}

async function bench({ rows, days }: Options): Promise<void> {
    await withLake(async (home) => {
        process.env.LAKEWORKS_HOME = home.home;
        const session = await Session.open({ stack: "local", dataset });
        // Of bad lines SQL over raw JSON cannot tell all, e.g. a document followed by garbage; copies it can.
        const shape = ["--rows", String(rows), "--days", String(days), "--bad-rate", "0"];
        await session.progress.stage(`A lake of ${count(rows)} rows in ${count(days)} days`, () =>
            home.ok("run", "--dataset", dataset, ...shape),
        );
        const [lake] = await session.lakeDatasets();
        const ask: Ask = (database, statement) =>
            runQuery(lake!.clients, { workgroup: lake!.of.workgroup, database }, statement, session.signal);
        const silver = lake!.of.database;
        const forms = [silver, `${silver}_flat`, `${silver}_raw`] as const;
        await session.progress.stage("Make the two baselines", () => makeBaselines(lake!, forms, ask));
        const results: (string | number | null)[][] = [];
        for (const query of askable(lake!.dataset.queries).filter(({ kind }) => kind === "select")) {
            const statement = { ...query, parameters: pose(query).parameters };
            const gold = onGold[query.name];
            const asked = [
                ...forms.map((database) => ({ database, statement })),
                ...(gold === undefined ? [] : [{ database: silver, statement: { name: query.name, sql: gold } }]),
            ];
            const [ofSilver, flat, raw, ofGold] = await session.progress.stage(query.title, () => askAll(asked, ask));
            for (const [what, answer] of Object.entries({ flat, raw, gold: ofGold }))
                checkSame(what, ofSilver!, answer);
            results.push([
                query.title,
                ...[ofSilver!, ofGold, flat!, raw!].flatMap((answer) => [
                    answer?.bytesScanned ?? null,
                    answer?.seconds ?? null,
                ]),
                ofSilver!.bytesScanned / raw!.bytesScanned,
                ofGold === undefined ? null : ofGold.bytesScanned / raw!.bytesScanned,
            ]);
        }
        tell(results, rows, days);
    });
}

async function makeBaselines(lake: LakeDataset, [silver, flat, raw]: readonly [string, string, string], ask: Ask) {
    await ask(silver, { name: "create", sql: `CREATE DATABASE IF NOT EXISTS ${flat}` });
    await ask(silver, { name: "create", sql: `CREATE DATABASE IF NOT EXISTS ${raw}` });
    await ask(flat, {
        name: "create",
        sql: `CREATE TABLE ${dataset} WITH (format = 'PARQUET', write_compression = 'ZSTD') AS SELECT * FROM ${silver}.${dataset}`,
    });
    const sql = (file: string) => fs.readFileSync(path.join(__dirname, file), "utf8");
    await ask(raw, { name: "create", sql: sql("raw-table.sql").replace("${raw}", lake.of.rawLocation) });
    await ask(raw, { name: "create", sql: sql("raw-view.sql") });
}

/** The question's fastest answer on each form; the forms take turns, so that a slow moment hits all of them. */
async function askAll(
    asked: readonly { readonly database: string; readonly statement: Statement }[],
    ask: Ask,
): Promise<Answer[]> {
    const best: Answer[] = [];
    for (let round = 0; round < rounds; round++) {
        for (const [index, { database, statement }] of asked.entries()) {
            const answer = await ask(database, statement);
            if (answer.seconds < (best[index]?.seconds ?? Infinity)) best[index] = answer;
        }
    }
    return best;
}

/** @throws when a form answers otherwise than silver, in the columns that it has */
function checkSame(what: string, silver: Answer, other: Answer | undefined): void {
    if (other === undefined) return;
    const places = other.columns.map(({ title }) => silver.columns.findIndex((column) => column.title === title));
    const expected = silver.rows.map((row) => places.map((place) => row[place] ?? null));
    if (JSON.stringify(expected) !== JSON.stringify(other.rows)) {
        throw new Error(`The ${what} data answers otherwise than silver: query ${other.queryId}, ${silver.queryId}.`);
    }
}

function tell(results: (string | number | null)[][], rows: number, days: number): void {
    const percent = (share: number) => `${(100 * share).toPrecision(2)} %`;
    report({
        name: "scan",
        title: `What a question reads of ${count(rows)} rows in ${count(days)} days`,
        columns: [
            { title: "question" },
            ...["silver", "gold", "flat Parquet", "raw JSON"].flatMap((form) => [
                { title: form, format: bytes },
                { title: "time", format: seconds },
            ]),
            { title: "silver of raw", format: percent },
            { title: "gold of raw", format: percent },
        ],
        rows: results,
    });
}

const program = new Command("bench:scan")
    .description("Bytes and time of each question on silver, gold, flat Parquet and raw JSON.")
    .option("--rows <n>", "clean rows", whole, 1_000_000)
    .option("--days <n>", "days of arrival", whole, 365)
    .action(bench);

void guarded(async () => {
    await program.parseAsync();
});
