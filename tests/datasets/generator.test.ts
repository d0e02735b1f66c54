/** What the generator of every dataset promises. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { dataset, datasets, type GenerateOptions } from "../../datasets";
import { days, lines, options, total } from "./generated";

for (const { contract } of datasets) {
    const { name } = contract;

    describe(`the ${name} generator`, () => {
        it("counts exactly what it writes", async () => {
            await fc.assert(
                fc.asyncProperty(options, async (chosen) => {
                    const found = await days(name, chosen);
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

        it("writes the same again for the same seed and other things for another", async () => {
            const one = await days(name, { rows: 500, days: 5, seed: 1 });
            assert.deepEqual(await days(name, { rows: 500, days: 5, seed: 1 }), one);
            assert.notDeepEqual(await days(name, { rows: 500, days: 5, seed: 2 }), one);
        });

        it("makes a day from the seed, its index and the rows per day alone", async () => {
            await fc.assert(
                fc.asyncProperty(options, fc.nat(), async (chosen, pick) => {
                    const all = await days(name, { ...chosen, dayCount: chosen.days + 2 });
                    const firstDay = pick % (chosen.days + 2);
                    const one = await days(name, { ...chosen, firstDay, dayCount: 1 });
                    for (const [date, day] of one) {
                        assert.deepEqual(day, all.get(date));
                    }
                    const date = new Date(Date.parse(chosen.start) + firstDay * 86_400_000).toISOString().slice(0, 10);
                    assert.deepEqual([...one.keys()], all.has(date) ? [date] : []);
                }),
                { numRuns: 40 },
            );
        });

        it("adds a day after the seeded ones, with new rows and copies of the last day's", async () => {
            const seeded = new Set(lines(await days(name, { rows: 3000, days: 10, duplicateRate: 0.1, badRate: 0 })));
            const added = await days(name, { rows: 3000, days: 10, duplicateRate: 0.1, badRate: 0, firstDay: 10 });
            assert.deepEqual([...added.keys()], ["2024-01-11"]);
            const again = lines(added).filter((text) => seeded.has(text)).length;
            const counts = total(added);
            assert.ok(again > 0 && again < counts.duplicates, `${again} of ${counts.duplicates}`);
            assert.equal(new Set(lines(added)).size - again, counts.clean);
        });

        it("splits a day's file at the size limit, and loses no line", async () => {
            const whole = await days(name, { rows: 500, days: 2 });
            const split = await days(name, { rows: 500, days: 2, maxFileBytes: 10_000 });
            assert.deepEqual(lines(split), lines(whole));
            // Each file of CSV begins with the header.
            assert.deepEqual({ ...total(split), bytes: 0 }, { ...total(whole), bytes: 0 });
            let files = 0;
            for await (const { body } of dataset(name).generate({ rows: 500, days: 2, maxFileBytes: 10_000 })) {
                assert.ok(body.length <= 10_000);
                files++;
            }
            assert.ok(files > 10, String(files));
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
                await assert.rejects(days(name, wrong), message);
            }
        });
    });
}
