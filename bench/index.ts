/**
 * Every benchmark by one command: `npm run bench` runs those of docs/performance.md one after the other, each in a process of
 * its own; `npm run bench -- scan etl:speed` only those named; `npm run bench -- --list` tells what there is. Each prints its
 * table and keeps it as JSON and Markdown in .lakeworks/bench.
 */
import { Argument, Command } from "commander";
import { spawn } from "node:child_process";
import { guarded, print } from "../automation/commands/common";
import { seconds, table } from "../automation/format";
import { projectRoot } from "../tools/toolchain";

interface Part {
    readonly what: string;
    readonly args: readonly string[];
    /** On two idle cores; what a user has to expect. */
    readonly minutes: number;
    /** Whether it is run where no part is named. @default true */
    readonly usual?: boolean;
}

const parts: Readonly<Record<string, Part>> = {
    scan: { what: "bytes and time of each question, by form of the data", args: ["bench/scan"], minutes: 8 },
    layouts: { what: "one day and all of it, by partitions and files", args: ["bench/layouts"], minutes: 4 },
    "etl:speed": { what: "the job, the tutorials' job, DuckDB", args: ["bench/etl", "speed"], minutes: 6 },
    "etl:growth": { what: "the job's time and memory by rows", args: ["bench/etl", "growth"], minutes: 5 },
    "etl:history": { what: "a day's load by days before it", args: ["bench/etl", "history"], minutes: 5 },
    "etl:crash": { what: "the job killed 50 times", args: ["bench/etl", "crash"], minutes: 20, usual: false },
    "etl:dirt": { what: "kinds of bad input", args: ["bench/etl", "dirt"], minutes: 2 },
    "etl:dqdl": { what: "kinds of quality rules", args: ["bench/etl", "dqdl"], minutes: 2 },
    "local:ready": { what: "start of the local AWS", args: ["bench/local", "ready"], minutes: 1 },
    "local:overhead": { what: "Athena's interface and Trino", args: ["bench/local", "overhead"], minutes: 1 },
    "local:load": { what: "200 queries at once, Glue meanwhile", args: ["bench/local", "load"], minutes: 2 },
    "local:crawl": { what: "a crawl of 10,000 objects", args: ["bench/local", "crawl"], minutes: 2 },
    preview: { what: "previews by datasets, with and without policies", args: ["bench/preview"], minutes: 15 },
    faults: { what: "200 faults over all stages", args: ["bench/faults"], minutes: 40, usual: false },
    soak: { what: "an hour of days", args: ["bench/soak"], minutes: 65, usual: false },
};

async function bench(names: readonly string[], { list = false }: { list?: boolean }): Promise<void> {
    if (list) return print(listed());
    const chosen = names.length > 0 ? names : Object.keys(parts).filter((name) => parts[name]!.usual !== false);
    const minutes = chosen.reduce((sum, name) => sum + parts[name]!.minutes, 0);
    print(`${chosen.join(", ")}: about ${minutes} minutes on two idle cores.`);
    const failed: string[] = [];
    for (const name of chosen) {
        const begin = performance.now();
        print(`\n# ${name}: ${parts[name]!.what}`);
        if (!(await succeeds(parts[name]!))) failed.push(name);
        print(`${name} took ${seconds((performance.now() - begin) / 1000)}`);
    }
    if (failed.length === 0) return;
    print(`\nFailed: ${failed.join(", ")}`);
    process.exitCode = 1;
}

function succeeds({ args }: Part): Promise<boolean> {
    const command = ["-r", "ts-node/register/transpile-only", ...args];
    const child = spawn(process.execPath, command, { cwd: projectRoot, stdio: "inherit" });
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => resolve(code === 0));
    });
}

function listed(): string {
    const titles = ["part", "what", "minutes", "without a name"];
    return table(
        titles.map((title) => ({ title, numeric: title === "minutes" })),
        Object.entries(parts).map(([name, { what, minutes, usual = true }]) => [
            name,
            what,
            String(minutes),
            usual ? "run" : "left out",
        ]),
        Infinity,
    );
}

const program = new Command("bench")
    .description("Measures Lakeworks, each figure against a baseline in the same run.")
    .addArgument(new Argument("[part...]", "default: all but the longest").choices(Object.keys(parts)))
    .option("--list", "what there is")
    .action(bench);

void guarded(async () => {
    await program.parseAsync();
});
