/** Writes the pages of an answer in the layout of its kind. */
import { describeColumn, textColumn } from "../results/columns";
import { csvLine } from "../results/csv";
import { printValue } from "../results/values";
import type { ResultFile } from "../results/writer";
import type { TrinoColumn, TrinoPage } from "../trino/client";
import type { Execution } from "./record";

export class RowWriter {
    private columns: readonly TrinoColumn[] | undefined;

    constructor(
        private readonly execution: Execution,
        private readonly file: ResultFile,
    ) {}

    async take({ columns, data }: TrinoPage): Promise<void> {
        const { result } = this.execution;
        if (result === "none") return;
        if (columns && !this.columns) {
            this.columns = columns;
            this.execution.columns = columns.map(result === "csv" ? describeColumn : ({ name }) => textColumn(name));
            if (result === "csv") await this.file.write(csvLine(columns.map(({ name }) => name)));
        }
        const shown = this.columns ?? [];
        const lines = (data ?? []).map((row) => {
            const cells = shown.map(({ typeSignature }, at) => printValue(row[at] ?? null, typeSignature));
            return result === "csv" ? csvLine(cells) : `${cells.join("\t")}\n`;
        });
        if (lines.length > 0) await this.file.write(lines.join(""));
    }
}
