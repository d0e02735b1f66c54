/** The report as one HTML file without scripts: light and dark, on paper too, without a network. */
import { count, plural } from "../format";
import { draw } from "./charts";
import type { Block, Chart, Document, Figures, Flow, Section, Table } from "./document";
import { style } from "./style";

/** Longer tables are folded, with as many rows at most. */
const openRows = 20;
const mostRows = 200;
/** Characters of a cell that stay on one line: names and dates. */
const shortText = 24;

export async function htmlReport({ title, summary, about, sections }: Document): Promise<string> {
    const bodies = await Promise.all(sections.map(sectionOf));
    const contents = sections.map((section) => `<li><a href="#${idOf(section)}">${escape(section.title)}</a></li>`);
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lakeworks: ${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#${idOf(sections[0]!)}">Skip to the numbers</a>
<header>
<h1>${escape(title)}</h1>
<p>${escape(summary)}</p>
<p class="quiet">${escape(about)}</p>
</header>
<nav aria-label="Contents"><ul>${contents.join("")}</ul></nav>
<main>
${bodies.join("\n")}
</main>
</body>
</html>
`;
}

async function sectionOf(section: Section): Promise<string> {
    const blocks = await Promise.all(section.blocks.map(blockOf));
    const id = idOf(section);
    return `<section><h2 id="${id}">${escape(section.title)}</h2>
${blocks.join("\n")}
</section>`;
}

function idOf({ title }: Section): string {
    return title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}

async function blockOf(block: Block): Promise<string> {
    switch (block.kind) {
        case "figures":
            return figuresOf(block);
        case "text":
            return `<p${block.quiet ? ' class="quiet"' : ""}>${escape(block.text)}</p>`;
        case "table":
            return tableOf(block);
        case "chart":
            return chartOf(block);
        case "flow":
            return flowOf(block);
    }
}

function figuresOf({ figures }: Figures): string {
    const items = figures.map(({ value, name }) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`);
    return `<dl class="figures">${items.join("")}</dl>`;
}

/** On a phone it scrolls rather than shrinks until nothing can be read. */
async function chartOf({ about, spec }: Chart): Promise<string> {
    const text = escape(about);
    return (
        `<div class="wide" role="region" tabindex="0" aria-label="Chart: ${text}">` +
        `<figure role="img" aria-label="${text}">${await draw(spec)}</figure></div>`
    );
}

function flowOf({ stations }: Flow): string {
    const items = stations.map(
        ({ name, place, facts }) =>
            `<li><strong>${escape(name)}</strong> <code>${escape(place)}</code>` +
            `<ul>${facts.map((fact) => `<li>${escape(fact)}</li>`).join("")}</ul></li>`,
    );
    return `<ol class="flow">${items.join("")}</ol>`;
}

function tableOf(table: Table): string {
    const { caption, columns, rows, marks, bars } = table;
    const kind = (index: number, text = "") => {
        if (columns[index]!.numeric) return ' class="n"';
        return text.length <= shortText ? ' class="s"' : "";
    };
    const head = columns
        .map(({ title }, index) => `<th scope="col"${kind(index, title)}>${escape(title)}</th>`)
        .join("");
    const body = rows.slice(0, mostRows).map((row, index) => {
        const cells = row.map(
            (cell, at) =>
                `<td${kind(at, cell ?? "")}>${at === 0 ? signOf(marks?.[index]) : ""}${escape(cell ?? "–")}</td>`,
        );
        return `<tr>${cells.join("")}${bars === undefined ? "" : barOf(bars[index]!)}</tr>`;
    });
    const more = rows.length > mostRows ? `<p class="quiet">${count(rows.length - mostRows)} more rows.</p>` : "";
    // Wide tables scroll by themselves, by the keyboard too.
    const shown =
        `<div class="wide" role="region" tabindex="0" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption>` +
        `<thead><tr>${head}${bars === undefined ? "" : '<td class="bar"></td>'}</tr></thead><tbody>${body.join("")}</tbody></table></div>${more}`;
    return rows.length > openRows
        ? `<details><summary>${plural(rows.length, "row")}</summary>${shown}</details>`
        : shown;
}

function signOf(mark: "good" | "bad" | undefined): string {
    if (mark === undefined) return "";
    return mark === "good"
        ? '<span class="good" aria-hidden="true">✓ </span>'
        : '<span class="bad" aria-hidden="true">✗ </span>';
}

function barOf(share: number): string {
    return `<td class="bar" aria-hidden="true"><svg viewBox="0 0 100 1" preserveAspectRatio="none"><rect width="${(100 * share).toFixed(1)}" height="1"/></svg></td>`;
}

function escape(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
