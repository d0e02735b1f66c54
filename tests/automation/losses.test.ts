import assert from "node:assert/strict";
import { describeLosses } from "../../automation/losses";

describe("what a destroyed lake loses", () => {
    it("is told as a sum, and by bucket and table", () => {
        const text = describeLosses({
            buckets: [
                { bucket: "bronze", objects: 1200, bytes: 1024 ** 2 },
                { bucket: "silver", objects: 34, bytes: 1024 ** 2 },
            ],
            tables: [{ table: "lake.sales", partitions: 90 }],
        });
        assert.match(text, /^This deletes for good 1,234 objects, 2.00 MB, and 1 table:/);
        assert.match(text, /bronze +│ +1,200 │ 1.00 MB/);
        assert.match(text, /lake\.sales +│ +90/);
    });

    it("names no tables where there are none", () => {
        assert.doesNotMatch(describeLosses({ buckets: [], tables: [] }), /Partitions/);
    });
});
