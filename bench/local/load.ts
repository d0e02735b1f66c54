/**
 * Many queries started at once, by a busy workgroup and a quiet one: do all end, who waits how long, and how fast does Glue
 * answer meanwhile? Against Trino asked the same with as many at once as Athena runs, and against Glue when nothing else goes on.
 */
import { GetTableCommand } from "@aws-sdk/client-glue";
import { count, ratio, seconds } from "../../automation/format";
import { Progress } from "../../automation/progress";
import { concurrency } from "../../local/athena/executions/runner";
import { quantile } from "../quantile";
import { report } from "../result";
import { askTrino, end, prepare, question, start, trinoUrl } from "./athena";
import { atOnce, Bed, database, milliseconds, timed } from "./bed";

const [busy, quiet] = ["busy", "quiet"] as const;
/** The quiet workgroup's part of the queries; they come last. */
const quietShare = 0.1;
const idleCalls = 1000;

export async function load({ queries }: { queries: number }): Promise<void> {
    const bed = await Bed.start();
    const progress = new Progress();
    try {
        await progress.stage("Start Trino, make a table", () => prepare(bed, [busy, quiet]));
        const url = await trinoUrl(bed);
        await progress.stage("Warm up", () => atOnce(queries / 4, concurrency, () => askTrino(url, question)));
        const idle = await progress.stage("GetTable, idle", () => getTables(bed, idleCalls));
        const [direct, under] = await progress.stage(`${queries} queries of Trino`, () =>
            during(bed, () => timed(() => atOnce(queries, concurrency, () => askTrino(url, question)))),
        );
        const [ours, underOurs] = await progress.stage(`${queries} queries of Athena at once`, () =>
            during(bed, () => flood(bed, queries)),
        );
        tellQueries(queries, ours, direct);
        tellGetTable({ idle, under, underOurs });
    } finally {
        await bed.stop();
    }
}

interface Flood {
    readonly seconds: number;
    /** Between start and end as Athena tells them (s), by workgroup. */
    readonly waits: Record<string, number[]>;
}

async function flood(bed: Bed, queries: number): Promise<Flood> {
    const waits: Record<string, number[]> = { [busy]: [], [quiet]: [] };
    const first = Math.round(queries * (1 - quietShare));
    const took = await timed(async () => {
        const workgroups = Array.from({ length: queries }, (_, index) => (index < first ? busy : quiet));
        const started = await Promise.all(workgroups.map((workgroup) => start(bed, workgroup, question)));
        for (const [index, id] of started.entries()) {
            const { Status } = await end(bed, id);
            const { SubmissionDateTime, CompletionDateTime } = Status!;
            waits[workgroups[index]!]!.push((Number(CompletionDateTime) - Number(SubmissionDateTime)) / 1000);
        }
    });
    return { seconds: took, waits };
}

/** Times of GetTable, one call after the other. */
async function getTables(bed: Bed, calls: number, over: () => boolean = () => false): Promise<number[]> {
    const times: number[] = [];
    while (times.length < calls && !over()) {
        times.push(await timed(() => bed.glue.send(new GetTableCommand({ DatabaseName: database, Name: "sales" }))));
    }
    return times;
}

/** Does the work and calls GetTable all the while. @returns what the work gave, and GetTable's times */
async function during<T>(bed: Bed, work: () => Promise<T>): Promise<[T, number[]]> {
    let over = false;
    const calls = getTables(bed, Infinity, () => over);
    try {
        const result = await work();
        over = true;
        return [result, await calls];
    } finally {
        over = true;
        await calls.catch(() => undefined);
    }
}

function tellQueries(queries: number, { seconds: ours, waits }: Flood, direct: number): void {
    report({
        name: "local-queries",
        title: `${count(queries)} queries started at once, of a busy and a quiet workgroup`,
        columns: [
            { title: "who" },
            { title: "queries", format: count },
            { title: "all ended after", format: seconds },
            { title: "median wait", format: seconds },
            { title: "longest wait", format: seconds },
            { title: "to Trino", format: (times) => ratio(times, 1) },
        ],
        rows: [
            ...[busy, quiet].map((name) => {
                const own = waits[name]!;
                return [`workgroup ${name}`, own.length, null, quantile(own, 0.5), Math.max(...own), null];
            }),
            ["Athena, both", queries, ours, null, null, ours / direct],
            [`Trino, ${concurrency} at once`, queries, direct, null, null, 1],
        ],
        notes: ["Every query succeeded; one that does not ends the benchmark."],
    });
}

function tellGetTable(times: { idle: number[]; under: number[]; underOurs: number[] }): void {
    const base = quantile(times.idle, 0.99);
    const row = (who: string, own: number[]) => [
        who,
        own.length,
        quantile(own, 0.5),
        quantile(own, 0.99),
        quantile(own, 0.99) / base,
    ];
    report({
        name: "local-get-table",
        title: "Glue's GetTable, one call after the other",
        columns: [
            { title: "meanwhile" },
            { title: "calls", format: count },
            { title: "median", format: milliseconds },
            { title: "p99", format: milliseconds },
            { title: "p99 to idle", format: (more) => ratio(more, 1) },
        ],
        rows: [
            row("nothing", times.idle),
            row(`Trino asked directly, ${concurrency} at once`, times.under),
            row("the queries of Athena", times.underOurs),
        ],
    });
}
