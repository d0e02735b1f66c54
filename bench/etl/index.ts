/**
 * Benchmarks of the ETL job, each against a baseline in the same run. They need set-up alone, no lake:
 *
 *   npm run bench:etl -- speed | growth | history | crash | dirt | dqdl
 */
import { Command } from "commander";
import { guarded } from "../../automation/commands/common";
import { share, whole, wholes } from "../options";
import { growth, history, type Rates } from "./growth";
import { crash, dirt, dqdl } from "./proofs";
import { speed } from "./speed";

const program = new Command("bench:etl").description("Measures the ETL job.");
program
    .command("speed")
    .description("the job, the tutorials' job and DuckDB alone on the same files")
    .option("--rows <n>", "clean rows", whole, 5_000_000)
    .option("--days <n>", "days of arrival", whole, 60)
    .option("--rounds <n>", "rounds, of which the fastest counts", whole, 2)
    .action((options: { rows: number; days: number; rounds: number }) => speed(options));
program
    .command("growth")
    .description("time per row and memory from 1 to 10 million rows")
    .option("--sizes <n,…>", "clean rows of each load", wholes, [1_000_000, 3_000_000, 10_000_000])
    .option("--days <n>", "days of arrival", whole, 60)
    .action(({ sizes, days }: { sizes: number[]; days: number }) => growth(sizes, days));
program
    .command("history")
    .description("a day's load after 10, 100 and 1,000 days")
    .option("--lengths <n,…>", "days before", wholes, [10, 100, 1000])
    .option("--rows-per-day <n>", "clean rows a day", whole, 5000)
    .option("--late-rate <share>", "share of the rows that arrive one to three days late, else the sample's", share)
    .option("--duplicate-rate <share>", "share of the rows that arrive twice, else the sample's", share)
    .action(({ lengths, rowsPerDay, ...rates }: { lengths: number[]; rowsPerDay: number } & Rates) =>
        history(lengths, rowsPerDay, rates),
    );
program
    .command("crash")
    .description("the process killed at random points, then run again, while a reader polls")
    .option("--kills <n>", "how often", whole, 50)
    .option("--rows <n>", "clean rows of the run that is killed", whole, 20_000)
    .action(({ kills, rows }: { kills: number; rows: number }) => crash(kills, rows));
program.command("dirt").description("kinds of bad input with their exact outcomes").action(dirt);
program.command("dqdl").description("the corpus of DQDL rule types").action(dqdl);

void guarded(async () => {
    await program.parseAsync();
});
