/** The job against the tutorials' job and against DuckDB alone: the same files, the same two cores, one after the other. */
import * as path from "node:path";
import { print } from "../../automation/commands/common";
import { bytes, count, ratio, seconds, table } from "../../automation/format";
import { generate, inFolder, parquetFiles, python, writeContract, type Measured, type MeasuredRun } from "./lake";

export interface SpeedOptions {
    readonly rows: number;
    readonly days: number;
    /** The fastest of so many rounds counts, for noise only ever adds. */
    readonly rounds: number;
}

export async function speed({ rows, days, rounds }: SpeedOptions): Promise<void> {
    await inFolder(async (folder) => {
        const data = path.join(folder, "data");
        const bronze = await generate(data, { rows, days });
        const contract = writeContract(folder, { gold: [] });
        print(`${count(bronze.lines)} lines of JSON, ${bytes(bronze.bytes)}, ${days} days`);
        const best: { [who: string]: { run: Measured; output: ReturnType<typeof parquetFiles> } } = {};
        let report: MeasuredRun["report"] | undefined;
        const keep = (who: string, run: Measured, output: string) => {
            if (best[who] === undefined || run.seconds < best[who].run.seconds) {
                best[who] = { run, output: parquetFiles(output) };
                if ("report" in run) report = (run as MeasuredRun).report;
            }
        };
        for (let round = 0; round < rounds; round++) {
            const [base, ours, duck] = ["base", "ours", "duck"].map((name) => path.join(folder, `${name}-${round}`));
            keep("tutorial", (await python<Measured>("baseline.py", [data, base!]))[0]!, base!);
            keep("ours", (await python<MeasuredRun>("ours.py", [ours!, contract, "1", data]))[0]!, `${ours!}/target`);
            keep("DuckDB", (await python<Measured>("plain_duckdb.py", [data, duck!]))[0]!, duck!);
        }
        const tutorial = best["tutorial"]!;
        const lines = Object.entries(best).map(([who, { run, output }]) => [
            who,
            seconds(run.seconds),
            ratio(tutorial.run.seconds, run.seconds),
            `${((100 * best["DuckDB"]!.run.seconds) / run.seconds).toFixed(0)} %`,
            bytes(output.bytes),
            `${((100 * output.bytes) / tutorial.output.bytes).toFixed(0)} %`,
            (output.files / output.partitions).toFixed(1),
        ]);
        const titles = [
            "who",
            "time",
            "× tutorial",
            "of DuckDB's rows/s",
            "output",
            "of tutorial's",
            "files/partition",
        ];
        print(
            table(
                titles.map((title, index) => ({ title, numeric: index > 0 })),
                lines,
            ),
        );
        print(`rows: ${JSON.stringify(report!.rows)}`);
        print(`stages: ${report!.stages.map((stage) => `${stage.name} ${seconds(stage.seconds)}`).join(", ")}`);
        print(
            "each in a process that is ready to run, as the local AWS keeps one; ours with quarantine, deduplication and quality, without gold",
        );
    });
}
