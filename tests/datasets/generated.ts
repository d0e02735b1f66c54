/** What a dataset's generator writes, by day and without the header lines of CSV. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addCounts, dataset, noCounts, type GenerateCounts, type GenerateOptions } from "../../datasets";

export interface Day {
    /** The day's lines, each with its end. */
    readonly text: string;
    readonly counts: GenerateCounts;
}

/** The generated days by date, files of a day joined. */
export async function days(name: string, options: GenerateOptions): Promise<Map<string, Day>> {
    const { contract, generate } = dataset(name);
    const isCsv = contract.raw.format === "csv";
    const found = new Map<string, Day>();
    for await (const { key, body, counts } of generate(options)) {
        const [, date, part, ending] = /^ingest_date=(\d{4}-\d\d-\d\d)\/part-(\d{4})\.(\w+)$/.exec(key) ?? [];
        assert.ok(date !== undefined, key);
        assert.equal(ending, isCsv ? "csv" : "jsonl");
        const before = found.get(date) ?? { text: "", counts: noCounts };
        assert.equal(Number(part) > 0, before.text !== "");
        assert.equal(body.length, counts.bytes);
        const text = body.toString("utf8");
        const lines = isCsv ? text.slice(text.indexOf("\n") + 1) : text;
        found.set(date, { text: before.text + lines, counts: addCounts(before.counts, counts) });
    }
    return found;
}

export const total = (found: Map<string, Day>): GenerateCounts =>
    [...found.values()].map((day) => day.counts).reduce(addCounts, noCounts);

export const lines = (found: Map<string, Day>): string[] =>
    [...found.values()].flatMap((day) => day.text.split("\n").slice(0, -1));

export const options = fc.record({
    rows: fc.integer({ min: 0, max: 400 }),
    days: fc.integer({ min: 1, max: 20 }),
    seed: fc.nat(),
    start: fc.constantFrom("2024-01-01", "2024-02-28", "2023-12-30"),
    badRate: fc.constantFrom(0, 0.02, 0.5, 1),
    duplicateRate: fc.constantFrom(0, 0.01, 0.7),
    lateRate: fc.constantFrom(0, 0.01, 0.5),
});
