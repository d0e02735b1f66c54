import type { Column } from "../../../datasets";
import { plural } from "../../format";
import { dayOf } from "../../partitionDay";
import { columnsOf, type Section } from "../document";
import type { RunRecord } from "../record";

/** The silver table's columns with where each comes from, and how fresh the data is. */
export function schema({ contract, etl, runs, startedAt }: RunRecord): Section {
    const keys = contract.partitions.map(({ name, type, expression }) => [
        name,
        type,
        "no",
        expression,
        "Partition key.",
    ]);
    const { newFields, missingFields } = etl.schemaChanges;
    const changes = [
        ...Object.entries(newFields).map(([name, records]) => `new field ${name} in ${plural(records, "record")}`),
        ...missingFields.map((field) => `missing ${field}`),
    ];
    return {
        title: "Schema and freshness",
        blocks: [
            {
                kind: "text",
                text: freshness(
                    runs.flatMap((run) => run.partitions),
                    contract.freshnessHours,
                    startedAt,
                ),
            },
            {
                kind: "text",
                text: `Differences between the schema and what arrived: ${changes.length === 0 ? "none" : changes.join("; ")}.`,
            },
            {
                kind: "table",
                caption: "Columns of the silver table",
                columns: columnsOf("column", "type", "may be missing", "from", "meaning"),
                rows: [
                    ...contract.columns.map((column) => [
                        column.name,
                        column.type,
                        column.nullable ? "yes" : "no",
                        origin(column),
                        column.description,
                    ]),
                    ...keys,
                ],
            },
        ],
    };
}

function origin({ name, source, expression }: Column): string {
    if (expression !== undefined) return expression;
    if (source === undefined) return `field ${name}`;
    return `field ${typeof source === "string" ? source : source.join(" or ")}`;
}

/** The newest partition that any run wrote, against what the contract promises. */
function freshness(partitions: readonly string[], hours: number, now: Date): string {
    const newest = newestDay(partitions);
    if (newest === undefined)
        return `The contract promises rows of at most ${hours} hours of age; no run has written a partition yet.`;
    const days = Math.floor((now.getTime() - newest.getTime()) / 86_400_000);
    const kept = days * 24 <= hours ? "kept" : "not kept, as is right for sample data of the past";
    return (
        `The newest partition is ${newest.toISOString().slice(0, 10)}, ${plural(days, "day")} before this run. ` +
        `The contract promises rows of at most ${hours} hours of age: ${kept}.`
    );
}

/** @param partitions by their paths, `year=2024/month=3/day=8` */
function newestDay(partitions: readonly string[]): Date | undefined {
    const days = partitions
        .map((partition) => dayOf(partition.split("/").map((part) => part.slice(part.indexOf("=") + 1))))
        .filter((day) => day !== undefined);
    return days.length === 0 ? undefined : new Date(Math.max(...days.map(Number)));
}
