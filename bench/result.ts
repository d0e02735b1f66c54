/** A benchmark's table: printed, and kept as JSON (raw figures) and Markdown in .lakeworks/bench, named after the benchmark. */
import * as fs from "node:fs";
import * as path from "node:path";
import { print } from "../automation/commands/common";
import { table } from "../automation/format";
import { projectRoot } from "../tools/toolchain";

export interface ResultColumn {
    readonly title: string;
    /** Raw figure → what a reader sees; without it cells are texts. */
    readonly format?: (value: number) => string;
}

export interface Result {
    /** Of the files, e.g. `local-latency`. */
    readonly name: string;
    readonly title: string;
    readonly columns: readonly ResultColumn[];
    /** Figures in base units (seconds, bytes); null where there is none. */
    readonly rows: readonly (readonly (string | number | null)[])[];
    /** What a reader has to know to read the figures. */
    readonly notes?: readonly string[];
}

const folder = path.join(projectRoot, ".lakeworks", "bench");

export function report(result: Result): void {
    const { name, title, columns, notes = [] } = result;
    const shown = result.rows.map((row) => row.map((cell, index) => textOf(cell, columns[index]!)));
    print(`\n${title}`);
    print(
        table(
            columns.map((column) => ({ title: column.title, numeric: column.format !== undefined })),
            shown,
            shown.length,
        ),
    );
    notes.forEach((note) => print(note));
    fs.mkdirSync(folder, { recursive: true });
    const { rows } = result;
    const titles = columns.map((column) => column.title);
    const kept = { name, title, measured: new Date().toISOString(), columns: titles, rows, notes };
    fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(kept, undefined, 2)}\n`);
    fs.writeFileSync(path.join(folder, `${name}.md`), markdown(result, shown));
}

function textOf(cell: string | number | null, { format }: ResultColumn): string | null {
    return typeof cell === "number" ? (format?.(cell) ?? String(cell)) : cell;
}

function markdown({ title, columns, notes = [] }: Result, rows: readonly (readonly (string | null)[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const lines = [
        line(columns.map((column) => column.title)),
        line(columns.map((column) => (column.format ? "--:" : "---"))),
        ...rows.map((row) => line(row.map((cell) => cell ?? "–"))),
    ];
    return [`## ${title}`, lines.join("\n"), ...notes].join("\n\n") + "\n";
}
