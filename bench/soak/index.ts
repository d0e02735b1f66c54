/**
 * Day after day on one local AWS: data arrives, is crawled, transformed and asked, and each third day a service fails on
 * the way. In the end the lake has to hold exactly the rows of all days, and nothing may have grown that does not hold data:
 *
 *   npm run bench:soak -- --minutes 60
 */
import { Command } from "commander";
import { guarded } from "../../automation/commands/common";
import { bytes, count, plural, ratio } from "../../automation/format";
import { Progress } from "../../automation/progress";
import type { FaultRule } from "../../local/faults/rules";
import type { TestLake } from "../../tests/e2e/harness";
import { faultsOf, truthNow } from "../faults/truth";
import { whole } from "../options";
import { quantile } from "../quantile";
import { report, type ResultColumn } from "../result";
import { withLake } from "../withLake";
import { resourcesOf, type Resources } from "./resources";

const only = ["--dataset", "sales"];
const shape = ["--rows", "6000", "--days", "30"];
/** Engines fill their caches in the first days. */
const warmDays = 5;
const failure: FaultRule = { kind: "throttled", service: "s3", after: 5, every: 2, times: 12 };

async function soak({ minutes }: { minutes: number }): Promise<void> {
    const progress = new Progress();
    await withLake(async (lake) => {
        await progress.stage("Make the lake", () => lake.ok("run", ...shape, ...only));
        const samples: Resources[] = [];
        let days = 0;
        for (const end = Date.now() + 60_000 * minutes; Date.now() < end; days++) {
            await progress.stage(`Day ${days + 1}`, () => oneDay(lake, days));
            samples.push(await resourcesOf(lake));
        }
        const of = lake.outputs().datasets["sales"]!;
        const truth = await truthNow(lake, of);
        const wrong = await faultsOf(lake, of, truth);
        tell(days, truth.sales.length, wrong, samples.slice(Math.min(warmDays, samples.length - 2)));
        if (wrong.length > 0) process.exitCode = 1;
    });
}

async function oneDay(lake: TestLake, day: number): Promise<void> {
    await lake.ok("seed", "--more-days", "1", ...only);
    await lake.ok("crawl", "bronze", ...only);
    const local = await lake.local();
    if (day % 3 === 2) {
        await local.setFaults([failure]);
        await lake.run("etl", ...only);
        await local.setFaults([]);
    }
    await lake.ok("etl", ...only);
    await lake.ok("crawl", "silver", ...only);
    await lake.ok("query", "top-products", ...only);
}

function tell(days: number, rows: number, wrong: readonly string[], samples: readonly Resources[]): void {
    const half = Math.ceil(samples.length / 2);
    const [first, last] = [samples.slice(0, half), samples.slice(-half)];
    const median = (of: readonly Resources[], key: keyof Resources) =>
        quantile(
            of.map((sample) => sample[key]),
            0.5,
        );
    const row = (what: string, key: keyof Resources, format: ResultColumn["format"]) => {
        const [before, after] = [median(first, key), median(last, key)];
        return [what, format!(before), format!(after), before === 0 ? null : after / before];
    };
    report({
        name: "soak",
        title: `${plural(days, "day")} on one local AWS`,
        columns: [
            { title: "median of" },
            { title: "first half" },
            { title: "second half" },
            { title: "growth", format: (times) => ratio(times, 1) },
        ],
        rows: [
            row("memory of the local AWS", "gateway", bytes),
            row("memory of the emulator", "emulator", bytes),
            row("memory of Trino", "trino", bytes),
            row("open files and sockets", "handles", count),
            row("processes", "processes", count),
            row("temporary files", "temporary", count),
        ],
        notes: [`${count(rows)} rows of all days: ${wrong.length === 0 ? "exact" : wrong.slice(0, 10).join("; ")}.`],
    });
}

const program = new Command("bench:soak")
    .description("Many days on one local AWS.")
    .option("--minutes <n>", "how long days are added", whole, 60)
    .action(soak);

void guarded(async () => {
    await program.parseAsync();
});
