import assert from "node:assert/strict";
import { bytes, count, dollars, plural, ratio, seconds, table } from "../../automation/format";

describe("formatting", () => {
    it("shows bytes with three significant digits in the next larger unit", () => {
        const cases: [number, string][] = [
            [0, "0 B"],
            [1023, "1023 B"],
            [1024, "1.00 KB"],
            [10 * 1024, "10.0 KB"],
            [1024 ** 2 - 1, "1.00 MB"],
            [10 * 1024 ** 2, "10.0 MB"],
            [123.4 * 1024 ** 3, "123 GB"],
            [2048 * 1024 ** 4, "2048 TB"],
        ];
        for (const [value, text] of cases) assert.equal(bytes(value), text);
    });

    it("groups thousands of numbers and bigints", () => {
        assert.equal(count(999), "999");
        assert.equal(count(1000), "1,000");
        assert.equal(count(12345678901234567890n), "12,345,678,901,234,567,890");
        assert.equal(plural(1, "row"), "1 row");
        assert.equal(plural(2000, "row"), "2,000 rows");
    });

    it("shows seconds and minutes", () => {
        assert.equal(seconds(0.842), "0.84 s");
        assert.equal(seconds(9.996), "10.0 s");
        assert.equal(seconds(125.4), "2 min 05 s");
    });

    it("shows the smallest charge and whole dollars", () => {
        assert.equal(dollars(0), "$0");
        assert.equal(dollars((5 * 10) / 1024 ** 2), "$0.0000477");
        assert.equal(dollars(15), "$15.00");
    });

    it("has no ratio to nothing", () => {
        assert.equal(ratio(100, 0), "—");
        assert.equal(ratio(15, 10), "1.5×");
        assert.equal(ratio(3000, 10), "300×");
    });

    it("aligns numbers to the right, shows nulls and says how many rows are left out", () => {
        const columns = [
            { title: "name", numeric: false },
            { title: "units", numeric: true },
        ];
        const shown = table(
            columns,
            [
                ["a", "5"],
                [null, "1000"],
                ["c", "7"],
            ],
            2,
        );
        assert.match(shown, /│ a +│ +5 │/);
        assert.match(shown, /│ – +│ +1000 │/);
        assert.match(shown, /… 1 more rows$/);
        assert.doesNotMatch(shown, /│ c/);
    });
});
