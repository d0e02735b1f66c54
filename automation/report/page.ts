/** The report's sections. */
import { bytes, count, dollars, plural, ratio, seconds } from "../format";
import type { QueryAnswer } from "../questions";
import type { RunReport } from "../runReport";
import type { RunRecord } from "./index";
import { chart, scanChart } from "./charts";
import { style } from "./style";

const mostRows = 200;

export async function page(record: RunRecord): Promise<string> {
    const title = `${record.contract.name} · ${record.stack}`;
    const sections = [
        headline(record),
        ...(await Promise.all(record.answers.map(answerSection))),
        await scans(record),
        accounting(record),
        timeline(record),
    ];
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lakeworks: ${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escape(title)}</h1><p>${escape(record.contract.description)}</p>
<p class="quiet">Run of ${record.startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC, Glue job run ${escape(record.etl.runId)}</p></header>
<main>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

function headline({ etl, runs, raw, answers }: RunRecord): string {
    const { rows } = totals(runs);
    const asked = answers.filter((answer) => answer.query.kind === "select");
    const scanned = asked.reduce((sum, answer) => sum + answer.bytesScanned, 0);
    const cost = answers.reduce((sum, answer) => sum + answer.cost, 0);
    const passed = etl.quality.filter((rule) => rule.outcome === "Passed").length;
    const figures: [string, string][] = [
        [count(rows.output), "rows published"],
        [count(rows.quarantined), "rows quarantined"],
        ...(etl.quality.length > 0
            ? [[`${passed} of ${etl.quality.length}`, "quality rules passed"] as [string, string]]
            : []),
        [ratio(raw.bytes * asked.length, scanned), `fewer bytes than on raw ${raw.format}`],
        [dollars(cost), `for ${plural(answers.length, "statement")} on Athena`],
    ];
    const items = figures.map(([value, name]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`);
    return `<section aria-label="Headline numbers"><dl class="figures">${items.join("")}</dl></section>`;
}

async function answerSection(answer: QueryAnswer): Promise<string> {
    const { query, columns, rows } = answer;
    if (query.kind !== "select") {
        const made = query.kind === "view" ? "The view" : `The table, ${plural(answer.rowsWritten ?? 0, "row")},`;
        return section(query.title, `<p>${made} <code>${escape(query.creates ?? "")}</code> is ready in Athena.</p>`);
    }
    const drawn = await chart(answer);
    const figure = drawn ? `<figure role="img" aria-label="Chart of the table below">${drawn}</figure>` : "";
    const shown = rows.slice(0, mostRows);
    const more = rows.length > mostRows ? `<p class="quiet">${count(rows.length - mostRows)} more rows.</p>` : "";
    const numbers = table(columns, shown) + more;
    const body =
        rows.length > 20 ? `<details><summary>${plural(rows.length, "row")}</summary>${numbers}</details>` : numbers;
    return section(query.title, figure + body);
}

async function scans({ answers, raw }: RunRecord): Promise<string> {
    const reading = answers.filter((answer) => answer.bytesCharged > 0);
    const drawn = await scanChart([
        ...reading.map((answer) => ({ name: answer.query.name, bytes: answer.bytesScanned })),
        { name: `any of them on raw ${raw.format}`, bytes: raw.bytes },
    ]);
    const columns = [
        { title: "query", numeric: false },
        { title: "time", numeric: true },
        { title: "bytes scanned", numeric: true },
        { title: "charged for", numeric: true },
        { title: "cost", numeric: true },
        { title: `raw ${raw.format} reads`, numeric: true },
    ];
    const rows = answers.map((answer) => [
        answer.query.name,
        seconds(answer.seconds),
        count(answer.bytesScanned),
        answer.bytesCharged ? bytes(answer.bytesCharged) : "nothing",
        dollars(answer.cost),
        answer.bytesCharged ? ratio(raw.bytes, answer.bytesScanned) : "–",
    ]);
    const note =
        raw.how === "measured"
            ? `On the raw ${raw.format} each question reads ${count(raw.bytes)} bytes, as measured by counting its lines.`
            : `On the raw ${raw.format} each question reads ${count(raw.bytes)} bytes, the size of its objects.`;
    const law = "Athena charges $5 per TB scanned, at least 10 MB a query; DDL is free.";
    return section(
        "Scan and cost",
        `<figure role="img" aria-label="Bytes scanned">${drawn}</figure>${table(columns, rows)}<p class="quiet">${note} ${law}</p>`,
    );
}

type Totals = Pick<RunReport, "rows" | "quarantineReasons">;

/** Sums over runs. */
function totals(runs: readonly RunReport[]): Totals {
    const rows = { input: 0, output: 0, quarantined: 0, duplicates: 0, alreadyPublished: 0, replaced: 0 };
    const quarantineReasons: Record<string, number> = {};
    for (const run of runs) {
        for (const kind of Object.keys(rows) as (keyof typeof rows)[]) rows[kind] += run.rows[kind];
        for (const [reason, number] of Object.entries(run.quarantineReasons)) {
            quarantineReasons[reason] = (quarantineReasons[reason] ?? 0) + number;
        }
    }
    return { rows, quarantineReasons };
}

function accounting({ etl, runs, seeded }: RunRecord): string {
    const all = totals(runs);
    const line = (name: string, pick: (of: Totals) => number) => [name, count(pick(etl)), count(pick(all))];
    const lines = [
        line("published", ({ rows }) => rows.output),
        line("– in place of an earlier row", ({ rows }) => rows.replaced),
        line("quarantined", ({ rows }) => rows.quarantined),
        ...Object.keys(all.quarantineReasons).map((reason) =>
            line(`– ${reason}`, (of) => of.quarantineReasons[reason] ?? 0),
        ),
        line("duplicates dropped", ({ rows }) => rows.duplicates),
        line("published before", ({ rows }) => rows.alreadyPublished),
        line("= read", ({ rows }) => rows.input),
    ];
    const head = [
        { title: "rows", numeric: false },
        { title: "this run", numeric: true },
        { title: plural(runs.length, "run"), numeric: true },
    ];
    const wrote = `This run read ${bytes(etl.bytesRead)} and wrote ${bytes(etl.bytesWritten)} in ${plural(etl.files, "file")}. Bronze holds ${count(seeded.counts.lines)} seeded lines.`;
    const rules = ["rule", "outcome", "reason"].map((name) => ({ title: name, numeric: false }));
    const quality = etl.quality.map((rule) => [rule.rule, rule.outcome, rule.reason ?? ""]);
    const checked =
        quality.length > 0 ? table(rules, quality) : "<p>Nothing new arrived, so there was nothing to check.</p>";
    return (
        section("Where every row went", `${table(head, lines)}<p class="quiet">${wrote}</p>`) +
        section("Data quality", checked)
    );
}

function timeline({ stages }: RunRecord): string {
    const longest = Math.max(...stages.map((stage) => stage.seconds));
    const rows = stages.map(
        (stage) =>
            `<tr><td>${escape(stage.title)}</td><td class="n">${seconds(stage.seconds)}</td>` +
            `<td class="bar" aria-hidden="true"><span style="width:${((100 * stage.seconds) / longest).toFixed(1)}%"></span></td></tr>`,
    );
    const head = '<thead><tr><th scope="col">step</th><th scope="col" class="n">time</th><td></td></tr></thead>';
    return section("Timeline", `<div class="wide"><table>${head}<tbody>${rows.join("")}</tbody></table></div>`);
}

function section(title: string, body: string): string {
    return `<section><h2>${escape(title)}</h2>${body}</section>`;
}

function table(
    columns: readonly { title: string; numeric: boolean }[],
    rows: readonly (readonly (string | null)[])[],
): string {
    const kind = (index: number) => (columns[index]!.numeric ? ' class="n"' : "");
    const head = columns.map((column, index) => `<th scope="col"${kind(index)}>${escape(column.title)}</th>`).join("");
    const body = rows.map(
        (row) => `<tr>${row.map((cell, index) => `<td${kind(index)}>${escape(cell ?? "–")}</td>`).join("")}</tr>`,
    );
    return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

export function escape(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
