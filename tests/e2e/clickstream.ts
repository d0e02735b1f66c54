/** The second dataset in the same lake: CSV, late sessions, a date as the only partition key. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { QueryAnswer, RawScan } from "../../automation/questions";
import type { RunReport } from "../../automation/runReport";
import type { SeedResult } from "../../automation/seeding";
import type { DatasetOutputs } from "../../components/lakeOutputs";
import { Queries } from "../local/athenaSupport";
import { clickTruthOf, expectedClicks, type ClickTruth } from "./clickstreamOracle";
import type { TestLake } from "./harness";
import { byCells } from "./oracle";

const dataset = ["--dataset", "clickstream"];

/** Tests of a lake that is deployed and in which clickstream has not been seeded. */
export function testClickstream(lake: TestLake): void {
    let clickstream: DatasetOutputs;
    let truth: ClickTruth;

    const truthNow = async () => clickTruthOf(await lake.lines(clickstream.rawLocation));
    const queries = async () => new Queries(await lake.local(), clickstream.workgroup, clickstream.database);

    /** Rows through Athena in an order of their own, NULL as empty text. */
    const rowsOf = async (sql: string) => {
        const [, ...rows] = await (await queries()).select(sql);
        return rows.map((row) => row.map((cell) => cell ?? "")).sort(byCells);
    };

    const silverFiles = async () => (await lake.objects(clickstream.silverLocation)).map((object) => object.key);
    const datesOf = (keys: readonly string[]) =>
        [...new Set(keys.map((key) => /event_date=([\d-]{10})\//.exec(key)![1]!))].sort();

    async function checkAnswers(): Promise<void> {
        const answers = await lake.json<(QueryAnswer & { raw: RawScan })[]>("query", ...dataset);
        for (const { query, rows, raw } of answers) {
            if (query.kind === "select") assert.deepEqual(rows, expectedClicks[query.name]!(truth.clicks), query.name);
            assert.deepEqual([raw.format, raw.how], ["CSV", "measured"]);
        }
        assert.deepEqual(
            answers.map(({ query }) => query.creates ?? query.name).sort(),
            Object.keys(expectedClicks).sort(),
        );
        for (const made of ["web_sessions", "daily_page_views"])
            assert.deepEqual(await rowsOf(`SELECT * FROM ${made}`), expectedClicks[made]!(truth.clicks), made);
    }

    it("runs the second dataset beside the first", async () => {
        const shape = ["--rows", "3000", "--days", "10", "--start", "2024-02-03", "--late-rate", "0.05"];
        const outcome = await lake.ok("run", ...dataset, ...shape);
        clickstream = lake.outputs().datasets["clickstream"]!;
        truth = await truthNow();
        assert.match(outcome.stdout, /on raw CSV [\d.]+ KB measured/);
        assert.match(outcome.stderr, /The lake holds sales as well: lakeworks run --stack local --dataset sales/);
        const report = fs.readFileSync(/^Report: (.*)$/m.exec(outcome.stdout)![1]!, "utf8");
        assert.match(report, /Conversion funnel/);
        assert.match(report, /raw CSV/);
        assert.doesNotMatch(report, /JSON|[Ss]ales/);
    });

    it("accounts for every line of its CSV but the headers", async () => {
        const reports = await lake.objects(clickstream.reportsLocation);
        const { bucket } = /^s3:\/\/(?<bucket>[^/]+)/.exec(clickstream.reportsLocation)!.groups!;
        const [line] = await lake.lines(`s3://${bucket}/${reports[0]!.key}`);
        const { rows, quarantineReasons } = JSON.parse(line!) as RunReport;
        assert.equal(truth.clicks.length, 3000);
        assert.deepEqual(rows, {
            input: truth.input,
            output: truth.clicks.length,
            quarantined: truth.quarantined,
            duplicates: truth.duplicates,
            alreadyPublished: 0,
            replaced: 0,
        });
        assert.deepEqual(quarantineReasons, truth.reasons);
    });

    it("answers about it as plain code does", checkAnswers);

    it("adds what arrives later to the days when it happened, in whatever order its columns are", async () => {
        const before = { truth, files: new Set(await silverFiles()) };
        const [seeded] = await lake.json<SeedResult[]>("seed", "--more-days", "1", ...dataset);
        assert.equal(seeded!.uploaded.objects, 1);
        truth = await truthNow();
        const added = await putForeignFile(lake, clickstream);
        const [report] = await lake.json<RunReport[]>("etl", ...dataset);

        const known = new Set(before.truth.clicks.map((click) => click.id));
        const fresh = truth.clicks.filter((click) => !known.has(click.id));
        assert.equal(report!.rows.input, truth.input - before.truth.input + added.records);
        assert.equal(report!.rows.output, fresh.length + added.records);
        assert.equal(
            report!.quarantineReasons.malformed_csv ?? 0,
            (truth.reasons.malformed_csv ?? 0) - (before.truth.reasons.malformed_csv ?? 0),
        );
        const dates = [...new Set([...fresh.map((click) => click.date), added.date])].sort();
        assert.ok(dates.length > 2, `late events of other days than the newest: ${dates.join(", ")}`);
        assert.deepEqual(
            report!.partitions,
            dates.map((date) => `event_date=${date}`),
        );
        const files = await silverFiles();
        assert.deepEqual(datesOf(files.filter((key) => !before.files.has(key))), dates);
        assert.deepEqual(
            await rowsOf(`SELECT event_id, page_title, days_late, page_path FROM clickstream WHERE event_id LIKE 'F%'`),
            added.rows,
        );
    });

    it("answers about the days when things happened, not when they arrived", async () => {
        const sql = "SELECT event_date, count(*) FROM clickstream WHERE event_id NOT LIKE 'F%' GROUP BY event_date";
        const perDay = expectedClicks["sessions-per-day"]!(truth.clicks).map(([date, , events]) => [date!, events!]);
        assert.deepEqual(await rowsOf(sql), perDay.sort(byCells));
        const [week] = await rowsOf(
            "SELECT count(*) FROM clickstream WHERE event_date = DATE '2024-02-12' AND event_id NOT LIKE 'F%'",
        );
        assert.deepEqual(week, [`${truth.clicks.filter((click) => click.date === "2024-02-12").length}`]);
    });
}

/** An object of another sender: columns in another order, fewer of them, and a field of three lines with a "record" in it. */
async function putForeignFile(lake: TestLake, { rawLocation }: DatasetOutputs) {
    const { hostname: Bucket, pathname } = new URL(rawLocation);
    const rest = "S1,1,page_view,https://shop.example/p/lamp?x=1,mobile,SE,900";
    const times = "2024-02-13T10:00:00Z,2024-02-11T09:00:00Z";
    const lines = [
        `"Lamp, 12"" ""Söt""",F1,${times},${rest}`,
        `"a title of`,
        `x,F2,${times},${rest}`,
        `three lines",F3,${times},${rest}`,
    ];
    const header =
        "page_title,event_id,received_at,event_time,session_id,hit_number,event_type,page_url,device,country,duration_ms";
    const Key = `${pathname.slice(1)}ingest_date=2024-02-13/foreign.csv`;
    await (await lake.s3()).send(new PutObjectCommand({ Bucket, Key, Body: [header, ...lines, ""].join("\r\n") }));
    const rows = [
        ["F1", 'Lamp, 12" "Söt"', "2", "/p/lamp"],
        ["F3", `a title of\r\nx,F2,${times},${rest}\r\nthree lines`, "2", "/p/lamp"],
    ];
    return { records: rows.length, rows, date: "2024-02-11" };
}
