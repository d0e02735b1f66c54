/**
 * What partitions and files cost: the same rows in 10, 1,000 and 10,000 day folders, in the catalog and by projection, and as
 * many small files or one without partitions; one day and all of it asked of each:
 *
 *   npm run bench:layouts -- --days 10,1000,10000
 */
import { Command } from "commander";
import { guarded } from "../../automation/commands/common";
import { bytes, count, ratio, seconds } from "../../automation/format";
import { Progress } from "../../automation/progress";
import { prepare, query } from "../local/athena";
import { Bed, milliseconds, timed } from "../local/bed";
import { wholes } from "../options";
import { report } from "../result";
import { copyTo, dayOf, makeCatalogTable, makeFile, makePlainTable, makeProjectedTable, workgroup } from "./tables";

/** Each question is asked this often; the fastest counts, for noise only ever adds. */
const rounds = 3;

interface Layout {
    readonly name: string;
    readonly table: string;
    readonly files: number;
    /** Without one there is no day to ask for. */
    readonly partitions: number;
}

interface Asked {
    readonly bytes: number;
    readonly seconds: number;
    readonly planning: number;
}

async function bench({ days }: { days: readonly number[] }): Promise<void> {
    const bed = await Bed.start();
    const progress = new Progress();
    try {
        await progress.stage("Start Trino", () => prepare(bed, [workgroup]));
        const file = await makeFile(bed);
        const layouts: Layout[] = [];
        for (const partitions of days) {
            await progress.stage(`${count(partitions)} days`, async () => {
                layouts.push(...(await makeLayouts(bed, file, partitions)));
            });
        }
        const rows: (string | number | null)[][] = [];
        let first: number | undefined;
        for (const layout of layouts) {
            const [one, all] = await progress.stage(`Ask ${layout.name}, ${count(layout.files)} files`, () =>
                ask(bed, layout),
            );
            first ??= all.seconds / layout.files;
            const { name, files, partitions } = layout;
            const perFile = all.seconds / files / first;
            rows.push([
                ...[name, partitions, files, one?.bytes ?? null, one?.seconds ?? null, one?.planning ?? null],
                ...[all.bytes, all.seconds, perFile],
            ]);
        }
        tell(rows);
    } finally {
        await bed.stop();
    }
}

async function makeLayouts(bed: Bed, file: string, days: number): Promise<Layout[]> {
    const [folder, small] = [`days_${days}`, `small_${days}`];
    await copyTo(
        bed,
        file,
        Array.from({ length: days }, (_, index) => `${folder}/day=${dayOf(index)}/part.parquet`),
    );
    await makeCatalogTable(bed, `catalog_${days}`, folder, days);
    await makeProjectedTable(bed, `projected_${days}`, folder, days);
    const layouts = [
        { name: "catalog", table: `catalog_${days}`, files: days, partitions: days },
        { name: "projection", table: `projected_${days}`, files: days, partitions: days },
    ];
    // One folder of files is listed at once: how many there are is told by the middle size already.
    if (days !== 1000) return layouts;
    const keys = Array.from({ length: days }, (_, index) => `${small}/part-${index}.parquet`);
    await copyTo(bed, file, keys);
    await makePlainTable(bed, small, small);
    await query(
        bed,
        workgroup,
        `CREATE TABLE joined WITH (format = 'PARQUET', bucketed_by = ARRAY['place'], bucket_count = 1) AS SELECT * FROM ${small}`,
    );
    return [
        ...layouts,
        { name: "small files, no partitions", table: small, files: days, partitions: 0 },
        { name: "the same joined to one", table: "joined", files: 1, partitions: 0 },
    ];
}

async function ask(bed: Bed, { table, partitions }: Layout): Promise<[Asked | undefined, Asked]> {
    const sum = `SELECT place, sum(amount), count(*) FROM ${table}`;
    const day = `${sum} WHERE day = '${dayOf(Math.floor(partitions / 2))}' GROUP BY place`;
    let [one, all]: (Asked | undefined)[] = [];
    for (let round = 0; round < rounds; round++) {
        if (partitions > 0) one = faster(one, await askOnce(bed, day));
        all = faster(all, await askOnce(bed, `${sum} GROUP BY place`));
    }
    return [one, all!];
}

async function askOnce(bed: Bed, sql: string): Promise<Asked> {
    let statistics: { DataScannedInBytes?: number; QueryPlanningTimeInMillis?: number } = {};
    const took = await timed(async () => (statistics = (await query(bed, workgroup, sql)).Statistics ?? {}));
    const { DataScannedInBytes = 0, QueryPlanningTimeInMillis = 0 } = statistics;
    return { bytes: DataScannedInBytes, seconds: took, planning: QueryPlanningTimeInMillis / 1000 };
}

function faster(known: Asked | undefined, next: Asked): Asked {
    return known === undefined || next.seconds < known.seconds ? next : known;
}

function tell(rows: (string | number | null)[][]): void {
    report({
        name: "layouts",
        title: "What partitions and files cost",
        columns: [
            { title: "layout" },
            { title: "partitions", format: count },
            { title: "files", format: count },
            { title: "one day", format: bytes },
            { title: "time", format: seconds },
            { title: "of it planning", format: milliseconds },
            { title: "all", format: bytes },
            { title: "time", format: seconds },
            { title: "per file, to the first", format: (times) => ratio(times, 1) },
        ],
        rows,
    });
}

const program = new Command("bench:layouts")
    .description("One day and all of the same rows, by number of partitions and files.")
    .option("--days <n,…>", "how many day folders", wholes, [10, 1000, 10_000])
    .action(bench);

void guarded(async () => {
    await program.parseAsync();
});
