/** The status page: one HTML document without anything from elsewhere, which renews itself while it is looked at. */
import { createHash } from "node:crypto";
import { escape, table, type Cell } from "./html";
import type { Overview } from "./overview";
import { style } from "./style";

const refreshMs = 3000;

/** Takes the page's newer self in place of its contents; not while text is marked, which would be lost. */
const script = `
setInterval(async () => {
    if (document.hidden || String(getSelection()) !== "") return;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
    const note = document.getElementById("gone");
    note.hidden = answer?.ok === true;
    if (!answer?.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceWith(next.querySelector("main"));
}, ${refreshMs});
`;

const hash = createHash("sha256").update(script).digest("base64");
const styleHash = createHash("sha256").update(style).digest("base64");

export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'sha256-${hash}'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

export function page(overview: Overview): string {
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lakeworks local AWS</title>
<style>${style}</style>
</head>
<body>
<p id="gone" class="bad" role="status" hidden>The local AWS does not answer; this is what it said last.</p>
${main(overview)}
<script>${script}</script>
</body>
</html>
`;
}

function main(overview: Overview): string {
    const { endpoint, region, account, version, pid, upSeconds } = overview;
    return `<main>
<header><h1>Lakeworks local AWS</h1><p>${version} · process ${pid} · up ${duration(upSeconds)}</p></header>
<p>Endpoint <code>${escape(endpoint)}</code> · region <code>${escape(region)}</code> · account <code>${account}</code>${others(overview)}</p>
${sections(overview).join("\n")}
</main>`;
}

function others({ accounts, account }: Overview): string {
    const links = accounts
        .filter((each) => each !== account)
        .map((each) => `<a href="/_lakeworks/?account=${each}">${each}</a>`);
    return links.length === 0 ? "" : ` · others: ${links.join(", ")}`;
}

function sections(overview: Overview): string[] {
    return [
        table(
            "Engines",
            ["Engine", "State", "Process"],
            overview.engines.map(({ name, state, pid }) => [
                name,
                stateCell(state),
                { number: pid === undefined ? "" : String(pid) },
            ]),
        ),
        table(
            "Job runs",
            ["Job", "State", "Started", "Seconds"],
            overview.jobRuns.map((run) => [
                run.job,
                stateCell(run.state, run.error),
                { time: run.started },
                { number: run.seconds },
            ]),
            "No job has run yet.",
        ),
        table(
            "Crawlers",
            ["Crawler", "State", "Last crawl", "Schedule"],
            overview.crawlers.map((crawler) => [
                crawler.name,
                stateCell(crawler.state),
                stateCell(crawler.last ?? "never", crawler.reason),
                crawler.schedule ?? "",
            ]),
            "There is no crawler.",
        ),
        table(
            "Queries",
            ["Query", "State", "Workgroup", "Submitted", "Milliseconds", "Bytes scanned"],
            overview.queries.map((query) => [
                { code: query.sql },
                stateCell(query.state, query.state === "SUCCEEDED" ? undefined : query.reason),
                query.workgroup,
                { time: query.submitted },
                { number: query.milliseconds },
                { number: query.scannedBytes },
            ]),
            "Nothing was asked yet.",
        ),
        table(
            "Tables",
            ["Database", "Table", "Kind", "Columns", "Partitioned by", "Location"],
            overview.tables.map((each) => [
                each.database,
                each.name,
                each.kind,
                { number: each.columns },
                each.partitionKeys.join(", "),
                { code: each.location ?? "" },
            ]),
            "The catalog is empty.",
        ),
        table(
            "Buckets",
            ["Bucket", "Objects", "Bytes", "Bytes read since the start"],
            overview.buckets.map((bucket) => [
                bucket.name,
                { number: `${bucket.objects.toLocaleString("en")}${bucket.more ? "+" : ""}` },
                { number: `${bucket.bytes.toLocaleString("en")}${bucket.more ? "+" : ""}` },
                { number: bucket.bytesRead },
            ]),
            "There is no bucket.",
        ),
        table(
            "Recent calls",
            ["Time", "Call", "About", "By", "Status", "Milliseconds"],
            overview.calls.map((call) => [
                { time: call.at },
                call.times === 1 ? call.action : `${call.action} ×${call.times}`,
                { code: call.about ?? "" },
                call.role === undefined ? "a client" : call.role.replace(/^.*\//, ""),
                call.status === undefined
                    ? stateCell("under way")
                    : call.status < 400
                      ? String(call.status)
                      : { text: String(call.status), tone: "bad" },
                { number: call.milliseconds === undefined ? "" : call.milliseconds.toFixed(0) },
            ]),
            "Nobody has called yet.",
        ),
    ];
}

const good = /^(ready|running|succeeded|completed)$/i;
const bad = /fail|timeout|error|gone|cancelled/i;
const busy = /^(starting|running|queued|stopping|under way|waiting)$/i;

function stateCell(state: string, problem?: string): Cell {
    const tone = bad.test(state)
        ? "bad"
        : busy.test(state) && state === state.toUpperCase()
          ? "busy"
          : good.test(state)
            ? "good"
            : undefined;
    return { text: state, tone, problem };
}

function duration(seconds: number): string {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    if (hours > 0) return `${hours} h ${minutes} min`;
    return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
