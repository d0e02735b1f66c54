import assert from "node:assert/strict";
import { day, modeArguments } from "../../automation/jobModes";

describe("what a job run is asked to do", () => {
    it("is what is new by default", () => assert.deepEqual(modeArguments({}), {}));

    it("is a backfill or a compaction of days", () => {
        const days = { from: "2024-01-01", to: "2024-01-31" };
        const given = { "--from": "2024-01-01", "--to": "2024-01-31" };
        assert.deepEqual(modeArguments({ backfill: true, ...days }), { "--mode": "backfill", ...given });
        assert.deepEqual(modeArguments({ compact: true, ...days }), { "--mode": "compact", ...given });
    });

    for (const [what, options, message] of [
        ["both at once", { backfill: true, compact: true }, /two runs/],
        ["days of nothing", { from: "2024-01-01" }, /belong to --backfill or --compact/],
        ["no last day", { backfill: true, from: "2024-01-01" }, /--backfill needs --from and --to/],
        [
            "days in the wrong order",
            { compact: true, from: "2024-01-02", to: "2024-01-01" },
            /--from 2024-01-02 is after --to 2024-01-01/,
        ],
    ] as const) {
        it(`is not ${what}`, () => assert.throws(() => modeArguments(options), message));
    }

    it("takes days as days alone", () => {
        assert.equal(day("2024-02-29"), "2024-02-29");
        for (const text of ["2023-02-29", "2024-1-1", "01/02/2024", "today", "2024-13-01", "2024-01-01T00:00:00Z"]) {
            assert.throws(() => day(text), /Write a day as YYYY-MM-DD/);
        }
    });
});
