import assert from "node:assert/strict";
import { chargedBytes, minimumBytes, queryCost } from "../../../automation/cost/athena";

const MiB = 1024 ** 2;

describe("what Athena charges", () => {
    it("charges a query for at least 10 MB", () => {
        assert.equal(chargedBytes(0, "DML"), minimumBytes);
        assert.equal(chargedBytes(1, "DML"), minimumBytes);
        assert.equal(chargedBytes(10 * MiB, "DML"), minimumBytes);
    });

    it("rounds up to the next megabyte above the minimum", () => {
        assert.equal(chargedBytes(10 * MiB + 1, "DML"), 11 * MiB);
        assert.equal(chargedBytes(1234 * MiB, "DML"), 1234 * MiB);
    });

    it("charges nothing for DDL and utility statements, but for a CTAS that is reported as DDL", () => {
        assert.equal(chargedBytes(0, "DDL"), 0);
        assert.equal(chargedBytes(0, "UTILITY"), 0);
        assert.equal(chargedBytes(20 * MiB, "DDL"), 20 * MiB);
    });

    it("costs 5 dollars for a TB", () => {
        assert.equal(queryCost(1024 ** 4, "DML"), 5);
        assert.equal(queryCost(3 * 1024 ** 4, "DML"), 15);
        assert.equal(queryCost(5, "DML").toPrecision(6), "0.0000476837");
    });
});
