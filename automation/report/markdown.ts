/** The report in GitHub's Markdown: for a pull request, a wiki, a mail. Charts are left to the HTML. */
import { code, escaped } from "../review/markdownText";
import type { Block, Document, Table } from "./document";

export function markdownReport({ title, summary, about, sections }: Document): string {
    const parts = [
        `# ${escaped(title)}`,
        escaped(summary),
        `_${escaped(about)}_`,
        ...sections.flatMap((section) => [`## ${escaped(section.title)}`, ...section.blocks.flatMap(blockOf)]),
    ];
    return `${parts.join("\n\n")}\n`;
}

function blockOf(block: Block): string[] {
    switch (block.kind) {
        case "figures":
            return [block.figures.map(({ value, name }) => `- **${escaped(value)}** ${escaped(name)}`).join("\n")];
        case "text":
            return [block.quiet ? `_${escaped(block.text)}_` : escaped(block.text)];
        case "table":
            return [tableOf(block)];
        case "chart":
            return [];
        case "flow":
            return [
                block.stations
                    .map(({ name, place, facts }, index) => {
                        const below = facts.map((fact) => `   - ${escaped(fact)}`);
                        return [`${index + 1}. **${escaped(name)}** ${code(place)}`, ...below].join("\n");
                    })
                    .join("\n"),
            ];
    }
}

function tableOf({ columns, rows, marks }: Table): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const signs = { good: "✅ ", bad: "❌ " };
    const body = rows.map((row, index) => {
        const mark = marks?.[index];
        return line(row.map((cell, at) => `${at === 0 && mark ? signs[mark] : ""}${escaped(cell ?? "–")}`));
    });
    return [
        line(columns.map(({ title }) => escaped(title))),
        line(columns.map(({ numeric }) => (numeric ? "---:" : "---"))),
        ...body,
    ].join("\n");
}
