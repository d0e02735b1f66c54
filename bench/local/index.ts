/**
 * Benchmarks of the local AWS, each against a baseline in the same run. They need set-up alone; each starts a local AWS of its own:
 *
 *   npm run bench:local -- ready | crawl | overhead | load
 */
import { Command } from "commander";
import { guarded } from "../../automation/commands/common";
import { whole } from "../options";
import { crawl } from "./crawl";
import { load } from "./load";
import { overhead } from "./overhead";
import { ready } from "./ready";

const program = new Command("bench:local").description("Measures the local AWS.");
program.command("ready").description("from the start to the first answer").action(ready);
program
    .command("crawl")
    .description("a crawl of many objects")
    .option("--objects <n>", "objects", whole, 10_000)
    .option("--partitions <n>", "partitions that they lie in", whole, 1000)
    .action(crawl);
program
    .command("overhead")
    .description("a SELECT by Athena's interface and by Trino's")
    .option("--pairs <n>", "how often each is asked", whole, 100)
    .action(overhead);
program
    .command("load")
    .description("many queries at once, and Glue meanwhile")
    .option("--queries <n>", "queries", whole, 200)
    .action(load);

void guarded(async () => {
    await program.parseAsync();
});
