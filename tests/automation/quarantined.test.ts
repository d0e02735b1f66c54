import assert from "node:assert/strict";
import { shortened } from "../../automation/commands/quarantine";
import { quarantineQueries } from "../../automation/quarantined";

describe("quarantined records", () => {
    it("are asked for by reason, whatever it is made of", () => {
        const { counts, records } = quarantineQueries("sales", { reason: "it's' OR 1=1", limit: 7 });
        for (const sql of [counts, records]) {
            assert.ok(sql.includes("FROM sales_quarantine WHERE reason = 'it''s'' OR 1=1' "), sql);
        }
        assert.match(records, / LIMIT 7$/);
        assert.doesNotMatch(quarantineQueries("sales", { limit: 7 }).counts, /WHERE/);
    });

    it("are shown in one line, without what a terminal would obey", () => {
        assert.equal(shortened("a\n\t b\u001b[31m\u0000c\u202e"), "a b\uFFFD[31m\uFFFDc\uFFFD");
        assert.equal(shortened("x".repeat(100)), "x".repeat(100));
        const long = shortened("😀".repeat(101));
        assert.equal([...long].length, 100);
        assert.ok(long.endsWith("😀…"));
    });
});
