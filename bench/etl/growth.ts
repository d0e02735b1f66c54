/** Time and memory as the data grow, and as the history does. */
import * as path from "node:path";
import { print } from "../../automation/commands/common";
import { bytes, count, seconds, table } from "../../automation/format";
import { generate, inFolder, python, writeContract, type MeasuredRun } from "./lake";

/** One load of each size, each in a process of its own. */
export async function growth(sizes: readonly number[], days: number): Promise<void> {
    const rows: string[][] = [];
    let first: number | undefined;
    for (const size of sizes) {
        await inFolder(async (folder) => {
            const data = path.join(folder, "data");
            const bronze = await generate(data, { rows: size, days });
            const run = (
                await python<MeasuredRun>("ours.py", [`${folder}/lake`, writeContract(folder, { gold: [] }), "1", data])
            )[0]!;
            const working = run.report.stages.reduce((sum, stage) => sum + stage.seconds, 0);
            const each = (1e6 * working) / bronze.lines;
            first ??= each;
            rows.push([
                count(size),
                seconds(working),
                `${each.toFixed(2)} µs`,
                (each / first).toFixed(2),
                `${run.heapMiB} MiB`,
                `${run.report.peakMemoryMiB} MiB`,
            ]);
        });
    }
    const titles = ["rows", "time", "per row", "× the first", "driver's heap", "largest worker"];
    print(
        table(
            titles.map((title) => ({ title, numeric: true })),
            rows,
        ),
    );
}

/** How often sales arrive late or twice: they belong to partitions that are published. */
export interface Rates {
    readonly lateRate?: number;
    readonly duplicateRate?: number;
}

/** A day's load after a history of so many days. */
export async function history(lengths: readonly number[], rowsPerDay: number, rates: Rates = {}): Promise<void> {
    const rows: string[][] = [];
    let first: number | undefined;
    for (const length of lengths) {
        await inFolder(async (folder) => {
            const data = path.join(folder, "data");
            const all = { rows: rowsPerDay * (length + 1), days: length + 1, ...rates };
            await generate(data, { ...all, dayCount: length });
            const contract = writeContract(folder, { gold: [] });
            await python<MeasuredRun>("ours.py", [`${folder}/lake`, contract, "1", data]);
            const fresh = await generate(data, { ...all, firstDay: length, dayCount: 1 });
            const run = (await python<MeasuredRun>("ours.py", [`${folder}/lake`, contract, "1", data]))[0]!;
            const working = run.report.stages.reduce((sum, stage) => sum + stage.seconds, 0);
            first ??= working;
            const read = run.report.bytesRead + run.report.bytesScanned;
            rows.push([
                count(length),
                count(run.report.rows["input"]!),
                bytes(fresh.bytes),
                bytes(run.report.bytesRead),
                bytes(run.report.bytesScanned),
                `${((100 * read) / fresh.bytes).toFixed(1)} %`,
                seconds(working),
                (working / first).toFixed(2),
            ]);
        });
    }
    const titles = ["days before", "rows", "new bytes", "read", "silver read", "of new", "time", "× the first"];
    print(
        table(
            titles.map((title) => ({ title, numeric: true })),
            rows,
        ),
    );
    print("silver read: files of partitions that late events and copies go to");
}
