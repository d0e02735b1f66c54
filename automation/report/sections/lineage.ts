import { bytes, count, plural } from "../../format";
import { columnsOf, type Flow, type Section } from "../document";
import { totals, type RunRecord } from "../record";

/** From the objects that arrived to the tables that answer. */
export function lineage(record: RunRecord): Section {
    return {
        title: "Where the data comes from",
        blocks: [
            { kind: "flow", stations: stations(record) },
            {
                kind: "table",
                caption: "Gold tables with the partitions that this run computed anew",
                columns: columnsOf("gold table", "#partitions of this run", "which", "from"),
                rows: record.etl.gold.map(({ table, partitions }) => [
                    table,
                    count(partitions.length),
                    range(partitions),
                    `silver's ${record.of.table}, same days`,
                ]),
            },
        ].filter((block) => block.kind === "flow" || record.etl.gold.length > 0) as Section["blocks"],
    };
}

function stations({ contract, of, etl, runs, answers, raw }: RunRecord): Flow["stations"] {
    const { rows } = totals(runs);
    const made = answers.filter(({ query }) => query.kind !== "select").map(({ query }) => query.creates!);
    return [
        {
            name: "Bronze",
            place: of.rawLocation,
            facts: [
                `${contract.raw.format.toUpperCase()} by ${contract.raw.arrivalKey}, ${bytes(raw.bytes)}`,
                `crawled as ${of.rawTable}`,
            ],
        },
        {
            name: "Glue job",
            place: `${of.job}, run ${etl.runId}`,
            facts: [
                `${plural(etl.objects, "object")} read in this run`,
                `${count(etl.rows.output)} of ${count(etl.rows.input)} rows published`,
                `${count(etl.rows.quarantined)} quarantined: ${of.quarantineLocation}`,
            ],
        },
        {
            name: "Silver",
            place: of.silverLocation,
            facts: [
                `table ${of.database}.${of.table}`,
                `${plural(etl.partitions.length, "partition")} written in this run: ${range(etl.partitions)}`,
                `${count(rows.output - rows.replaced)} rows in all`,
            ],
        },
        ...(contract.gold === undefined
            ? []
            : [
                  {
                      name: "Gold",
                      place: contract.gold.map(({ name }) => `${of.database}.${name}`).join(", "),
                      facts: contract.gold.map(({ description }) => description),
                  },
              ]),
        {
            name: "Athena",
            place: `workgroup ${of.workgroup}`,
            facts: [
                `${plural(answers.length - made.length, "question")} answered`,
                ...(made.length === 0 ? [] : [`made: ${made.join(", ")}`]),
            ],
        },
    ];
}

/** The first and the last of names that are in order. */
function range(partitions: readonly string[]): string {
    const [first, last] = [partitions[0], partitions.at(-1)];
    if (first === undefined) return "none";
    return first === last ? first : `${first} to ${last}`;
}
