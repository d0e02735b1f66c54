import assert from "node:assert/strict";
import { dataset } from "../../datasets";
import { readCsvLine } from "../e2e/csv";
import { days, lines, total } from "./generated";

const columns = dataset("clickstream")
    .contract.columns.filter((column) => column.expression === undefined)
    .map((column) => column.name);

describe("sample clickstream", () => {
    it("writes clean, distinct events, whose copies are exact and arrive after them", async () => {
        const found = await days("clickstream", {
            rows: 3000,
            days: 10,
            badRate: 0,
            duplicateRate: 0.2,
            lateRate: 0.1,
        });
        const seen = new Map<string, string>();
        const sessions = new Map<string, string>();
        let copies = 0;
        let late = 0;
        for (const [date, day] of found) {
            for (const text of day.text.trim().split("\n")) {
                const fields = readCsvLine(text)!;
                assert.equal(fields.length, columns.length, text);
                const event = Object.fromEntries(columns.map((name, index) => [name, fields[index]!]));
                if (seen.has(event.event_id!)) {
                    assert.equal(text, seen.get(event.event_id!));
                    copies++;
                    continue;
                }
                seen.set(event.event_id!, text);
                const eventDay = event.event_time!.slice(0, 10);
                late += eventDay < date ? 1 : 0;
                assert.equal(event.received_at!.slice(0, 10), date);
                assert.ok(event.received_at! >= event.event_time!, text);
                const daysLate = (Date.parse(date) - Date.parse(eventDay)) / 86_400_000;
                assert.ok(daysLate >= 0 && daysLate <= 3, text);
                assert.equal(event.revenue !== "", event.event_type === "purchase", text);
                const visitor = [eventDay, event.user_id, event.device, event.country].join();
                assert.equal(sessions.get(event.session_id!) ?? visitor, visitor, "a session has one visitor and day");
                sessions.set(event.session_id!, visitor);
            }
        }
        const counts = total(found);
        assert.deepEqual([seen.size, copies, late], [counts.clean, counts.duplicates, counts.late]);
        assert.ok(copies > 450 && late > 150 && late < 500, `${copies} copies, ${late} late`);
        const perSession = seen.size / sessions.size;
        assert.ok(perSession > 2 && perSession < 5, `${perSession} events a session`);
    });

    it("has fields with commas and quotes, and of every kind of event", async () => {
        const all = lines(await days("clickstream", { rows: 5000, days: 5, badRate: 0 }));
        const fields = all.map((text) => readCsvLine(text)!);
        assert.ok(fields.some((line) => line.some((field) => field.includes('"') && field.includes(","))));
        const kinds = new Set(fields.map((line) => line[columns.indexOf("event_type")]));
        assert.deepEqual([...kinds].sort(), ["add_to_cart", "begin_checkout", "page_view", "product_view", "purchase"]);
    });

    it("has no bad line that could pass for the end of a field of several lines", async () => {
        const all = lines(await days("clickstream", { rows: 4000, days: 5, badRate: 1 }));
        const closing = /^[^"]*(?:""[^"]*)*"(?:,(?:"[^"]*(?:""[^"]*)*"|[^",]*))*$/;
        assert.deepEqual(
            all.filter((text) => closing.test(text)),
            [],
        );
    });

    it("has weeks: Sundays are busier than Tuesdays", async () => {
        const found = await days("clickstream", { rows: 7000, days: 7 });
        assert.ok(found.get("2024-01-07")!.counts.clean > 1.3 * found.get("2024-01-02")!.counts.clean);
    });
});
