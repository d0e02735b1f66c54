import assert from "node:assert/strict";
import { days, total } from "./generated";

describe("sample sales", () => {
    it("writes clean, distinct transactions, whose copies are exact and arrive after them", async () => {
        const found = await days("sales", { rows: 2000, days: 10, badRate: 0, duplicateRate: 0.2, lateRate: 0.1 });
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

    it("has weeks: Saturdays sell more than Mondays", async () => {
        const found = await days("sales", { rows: 7000, days: 7 });
        assert.ok(found.get("2024-01-06")!.counts.clean > 1.4 * found.get("2024-01-01")!.counts.clean);
    });
});
