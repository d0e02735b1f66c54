/**
 * The dataset's questions asked of three forms of the same data in one run: the partitioned silver table, the same rows as
 * Parquet without partitions, and the raw JSON. Prints bytes scanned and time, and both as ratios to silver.
 *
 * Works on the standing local lake: `npm start` first, then `npm run bench`.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { runQuery, type Answer, type Statement } from "../../automation/athena";
import { guarded, print } from "../../automation/commands/common";
import { bytes, ratio, seconds, table } from "../../automation/format";
import { askable, pose } from "../../automation/questions";
import { Session, type LakeDataset } from "../../automation/session";

const dataset = "sales";
/** Each question is asked this often; the fastest counts, for noise only ever adds. */
const rounds = 3;

type Ask = (database: string, statement: Statement) => Promise<Answer>;

async function bench(): Promise<void> {
    const session = await Session.open({ stack: "local", dataset });
    const [lake] = await session.lakeDatasets();
    const ask: Ask = (database, statement) =>
        runQuery(lake!.clients, { workgroup: lake!.of.workgroup, database }, statement, session.signal);
    const databases = [lake!.of.database, `${lake!.of.database}_bench_flat`, `${lake!.of.database}_bench_raw`] as const;
    try {
        await session.progress.stage("Make the two baselines", () => makeBaselines(lake!, databases, ask));
        const rows: string[][] = [];
        for (const query of askable(lake!.dataset.queries).filter(({ kind }) => kind === "select")) {
            const statement = { ...query, parameters: pose(query).parameters };
            const answers = await session.progress.stage(query.title, () => askAll(databases, statement, ask));
            rows.push([query.title, ...answers.flatMap((answer) => cells(answer, answers[0]!))]);
        }
        const forms = ["silver", "flat Parquet", "raw JSON"];
        const titles = ["question", ...forms.flatMap((form) => [form, "time"])];
        print(
            table(
                titles.map((title, index) => ({ title, numeric: index > 0 })),
                rows,
            ),
        );
    } finally {
        for (const [database, name] of [
            [databases[1], dataset],
            [databases[2], "raw_lines"],
        ] as const) {
            await ask(lake!.of.database, { name: "drop", sql: `DROP TABLE IF EXISTS ${database}.${name}` });
        }
        await ask(lake!.of.database, { name: "drop", sql: `DROP VIEW IF EXISTS ${databases[2]}.${dataset}` });
        for (const database of databases.slice(1))
            await ask(lake!.of.database, { name: "drop", sql: `DROP DATABASE IF EXISTS ${database}` });
    }
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
async function askAll(databases: readonly string[], statement: Statement, ask: Ask): Promise<Answer[]> {
    const best: Answer[] = [];
    for (let round = 0; round < rounds; round++) {
        for (const [index, database] of databases.entries()) {
            const answer = await ask(database, statement);
            if (answer.seconds < (best[index]?.seconds ?? Infinity)) best[index] = answer;
        }
    }
    return best;
}

function cells(answer: Answer, silver: Answer): string[] {
    if (answer === silver) return [bytes(answer.bytesScanned), seconds(answer.seconds)];
    return [
        `${bytes(answer.bytesScanned)} (${ratio(answer.bytesScanned, silver.bytesScanned)})`,
        `${seconds(answer.seconds)} (${ratio(answer.seconds, silver.seconds)})`,
    ];
}

void guarded(bench);
