import assert from "node:assert/strict";
import fc from "fast-check";
import { addCounts, dataset, noCounts, type GenerateCounts, type GenerateOptions } from "../../datasets";

interface Day {
    readonly text: string;
    readonly counts: GenerateCounts;
}

/** The generated days by date, files of a day joined. */
async function days(options: GenerateOptions): Promise<Map<string, Day>> {
    const found = new Map<string, Day>();
    for await (const { key, body, counts } of dataset("sales").generate(options)) {
        const [, date, part] = /^ingest_date=(\d{4}-\d\d-\d\d)\/part-(\d{4})\.jsonl$/.exec(key) ?? [];
        assert.ok(date !== undefined, key);
        const before = found.get(date) ?? { text: "", counts: noCounts };
        assert.equal(Number(part) > 0, before.text !== "");
        assert.equal(body.length, counts.bytes);
        found.set(date, { text: before.text + body.toString("utf8"), counts: addCounts(before.counts, counts) });
    }
    return found;
}

const total = (found: Map<string, Day>): GenerateCounts =>
    [...found.values()].map((day) => day.counts).reduce(addCounts, noCounts);

const lines = (found: Map<string, Day>): string[] =>
    [...found.values()].flatMap((day) => day.text.split("\n").slice(0, -1));

const options = fc.record({
    rows: fc.integer({ min: 0, max: 400 }),
    days: fc.integer({ min: 1, max: 20 }),
    seed: fc.nat(),
    start: fc.constantFrom("2024-01-01", "2024-02-28", "2023-12-30"),
    badRate: fc.constantFrom(0, 0.02, 0.5, 1),
    duplicateRate: fc.constantFrom(0, 0.01, 0.7),
    lateRate: fc.constantFrom(0, 0.01, 0.5),
});

describe("the sales generator", () => {
    it("counts exactly what it writes", async () => {
        await fc.assert(
            fc.asyncProperty(options, async (chosen) => {
                const found = await days(chosen);
                const counts = total(found);
                assert.equal(counts.clean, chosen.rows);
                assert.equal(counts.lines, counts.clean + counts.bad + counts.duplicates);
                assert.equal(counts.lines, lines(found).length);
                assert.equal(counts.bad, Math.round(chosen.rows * chosen.badRate));
                assert.equal(
                    Object.values(counts.badByReason).reduce((sum, count) => sum + count, 0),
                    counts.bad,
                );
            }),
            { numRuns: 40 },
        );
    });

    it("writes clean, distinct transactions, whose copies are exact and arrive after them", async () => {
        const found = await days({ rows: 2000, days: 10, badRate: 0, duplicateRate: 0.2, lateRate: 0.1 });
        const seen = new Map<string, string>();
        let copies = 0;
        let late = 0;
        for (const [date, day] of found) {
            for (const text of day.text.trim().split("\n")) {
                const sale = JSON.parse(text) as Record<string, string | number>;
                const id = String(sale.transaction_id);
                if (seen.has(id)) {
                    assert.equal(text, seen.get(id));
                    copies++;
                    continue;
                }
                seen.set(id, text);
                late += String(sale.timestamp).slice(0, 10) < date ? 1 : 0;
                assert.ok(String(sale.timestamp).slice(0, 10) <= date);
                const cents = Math.round(Number(sale.unit_price) * 100) * Number(sale.quantity);
                assert.equal(Math.round(Number(sale.total_amount) * 100), cents);
                assert.ok(Number(sale.quantity) >= 1 && Number(sale.unit_price) > 0);
            }
        }
        const counts = total(found);
        assert.deepEqual([seen.size, copies, late], [counts.clean, counts.duplicates, counts.late]);
        assert.ok(copies > 300 && late > 100, `${copies} copies, ${late} late`);
    });

    it("writes the same again for the same seed and other things for another", async () => {
        const one = await days({ rows: 500, days: 5, seed: 1 });
        assert.deepEqual(await days({ rows: 500, days: 5, seed: 1 }), one);
        assert.notDeepEqual(await days({ rows: 500, days: 5, seed: 2 }), one);
    });

    it("makes a day from the seed, its index and the rows per day alone", async () => {
        await fc.assert(
            fc.asyncProperty(options, fc.nat(), async (chosen, pick) => {
                const all = await days({ ...chosen, dayCount: chosen.days + 2 });
                const firstDay = pick % (chosen.days + 2);
                const one = await days({ ...chosen, firstDay, dayCount: 1 });
                for (const [date, day] of one) {
                    assert.deepEqual(day, all.get(date));
                }
                const date = new Date(Date.parse(chosen.start) + firstDay * 86_400_000).toISOString().slice(0, 10);
                assert.deepEqual([...one.keys()], all.has(date) ? [date] : []);
            }),
            { numRuns: 40 },
        );
    });

    it("adds a day after the seeded ones, with new transactions and copies of the last day's", async () => {
        const seeded = new Set(lines(await days({ rows: 3000, days: 10, duplicateRate: 0.1, badRate: 0 })));
        const added = await days({ rows: 3000, days: 10, duplicateRate: 0.1, badRate: 0, firstDay: 10 });
        assert.deepEqual([...added.keys()], ["2024-01-11"]);
        const again = lines(added).filter((text) => seeded.has(text)).length;
        const counts = total(added);
        assert.ok(again > 0 && again < counts.duplicates, `${again} of ${counts.duplicates}`);
        assert.equal(new Set(lines(added)).size - again, counts.clean);
    });

    it("splits a day's file at the size limit, and loses no line", async () => {
        const whole = await days({ rows: 500, days: 2 });
        const split = await days({ rows: 500, days: 2, maxFileBytes: 10_000 });
        assert.deepEqual(split, whole);
        let files = 0;
        for await (const { body } of dataset("sales").generate({ rows: 500, days: 2, maxFileBytes: 10_000 })) {
            assert.ok(body.length <= 10_000);
            files++;
        }
        assert.ok(files > 10, String(files));
    });

    it("has weeks: Saturdays sell more than Mondays", async () => {
        const found = await days({ rows: 7000, days: 7 });
        assert.ok(found.get("2024-01-06")!.counts.clean > 1.4 * found.get("2024-01-01")!.counts.clean);
    });

    it("refuses options out of range, naming them", async () => {
        const refused: [GenerateOptions, RegExp][] = [
            [{ rows: -1 }, /rows/],
            [{ rows: 1.5 }, /rows/],
            [{ days: 0 }, /days/],
            [{ badRate: 2 }, /badRate/],
            [{ lateRate: NaN }, /lateRate/],
            [{ start: "2024-02-30" }, /2024-02-30/],
            [{ maxFileBytes: 0 }, /maxFileBytes/],
        ];
        for (const [wrong, message] of refused) {
            await assert.rejects(days(wrong), message);
        }
    });
});
