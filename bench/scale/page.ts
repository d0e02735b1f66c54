/** The tables of docs/scale.md, from the numbers of this folder. */
import * as path from "node:path";
import { bytes, count, dollars } from "../../automation/format";
import { projectRoot } from "../../tools/toolchain";
import { byFirstMet, datasetsWithin } from "./quotas";
import { day, listCalls, partitions } from "./volume";

export const scalePage = path.join(projectRoot, "docs/scale.md");

/** Written by `npm run docs`, by the names of the places in the page. */
export function scaleSections(): Record<string, string> {
    return { quotas: quotaTable(), "a day": dayTable(), partitions: partitionTable() };
}

function quotaTable(): string {
    const rows = byFirstMet().map((quota) => [
        quota.what,
        count(quota.limit),
        `${round(quota.perDataset)}`,
        `**${count(datasetsWithin(quota))}**`,
        quota.adjustable ? "on request" : "no",
        `[AWS](${quota.source})`,
    ]);
    return markdown(
        ["quota", "of a new account", "a dataset of `prod` takes", "enough for datasets", "raised", "source"],
        rows,
    );
}

function dayTable(): string {
    const rows = [0.1e12, 1e12, 10e12].map((raw) => {
        const of = day(raw, 128, 4);
        return [
            `${raw / 1e12} TB`,
            `${of.dpus} (${round(of.dpuHours)} DPU-hours, ${dollars(of.jobCost)})`,
            count(of.objects),
            count(listCalls(of.objects, 365)),
            `${bytes(of.silverBytes)} in ${count(of.silverFiles)} files`,
            dollars(of.rawScan),
            dollars(of.silverScan),
        ];
    });
    return markdown(
        [
            ...[
                "raw JSON a day",
                "DPUs to be done in 4 hours",
                "objects of 128 MiB",
                "LIST calls of a run after a year",
            ],
            ...["silver a day", "a question of the day on raw", "on all columns of silver"],
        ],
        rows,
    );
}

function partitionTable(): string {
    const rows = [1e4, 1e5, 1e6, 1e7].map((number) => {
        const of = partitions(number);
        return [
            count(number),
            count(of.createCalls),
            count(of.pages),
            dollars(of.catalogCost),
            of.scannable ? "yes" : "no",
        ];
    });
    return markdown(
        [
            "partitions of a table",
            "calls to register all",
            "pages to list all",
            "catalog a month",
            "one query may read all",
        ],
        rows,
    );
}

function round(value: number): string {
    return value >= 10 ? value.toFixed(0) : String(Number(value.toFixed(2)));
}

function markdown(columns: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}
