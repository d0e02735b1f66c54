import { bytes, count, plural } from "../../format";
import { columnsOf, type Section } from "../document";
import { totals, type RunRecord, type Totals } from "../record";

/** The account of every row that was read: it adds up, in this run and over all. */
export function rows({ etl, runs, seeded }: RunRecord): Section {
    const all = totals(runs);
    const line = (name: string, pick: (of: Totals) => number) => [name, count(pick(etl)), count(pick(all))];
    return {
        title: "Where every row went",
        blocks: [
            {
                kind: "table",
                caption: "Rows read, by what became of them",
                columns: columnsOf("rows", "#this run", `#${plural(runs.length, "run")}`),
                rows: [
                    line("published", (of) => of.rows.output),
                    line("– in place of an earlier row", (of) => of.rows.replaced),
                    line("quarantined", (of) => of.rows.quarantined),
                    ...Object.keys(all.quarantineReasons).map((reason) =>
                        line(`– ${reason}`, (of) => of.quarantineReasons[reason] ?? 0),
                    ),
                    line("duplicates dropped", (of) => of.rows.duplicates),
                    line("published before", (of) => of.rows.alreadyPublished),
                    line("= read", (of) => of.rows.input),
                ],
            },
            {
                kind: "text",
                quiet: true,
                text:
                    `This run read ${bytes(etl.bytesRead)} and wrote ${bytes(etl.bytesWritten)} in ${plural(etl.files, "file")}. ` +
                    `Bronze holds ${count(seeded.counts.lines)} seeded lines.`,
            },
        ],
    };
}
