import assert from "node:assert/strict";
import { describeStatus } from "../../automation/commands/status";
import { ageOf, compareValues, type DatasetStatus } from "../../automation/lakeStatus";

describe("the status of a lake", () => {
    const now = new Date("2024-03-11T06:00:00Z");

    it("finds the newest partition by time, not by text", () => {
        const values = [
            ["2024", "9", "30"],
            ["2024", "10", "2"],
            ["2024", "10", "1"],
            ["2023", "12", "31"],
        ];
        assert.deepEqual(values.sort(compareValues).at(-1), ["2024", "10", "2"]);
        assert.deepEqual([["2024-03-10"], ["2024-03-09"]].sort(compareValues).at(-1), ["2024-03-10"]);
    });

    it("counts hours from the end of the partition's day", () => {
        assert.equal(ageOf(["2024", "3", "10"], now), 6);
        assert.equal(ageOf(["2024-03-08"], now), 54);
        assert.equal(ageOf(["2024", "3", "11"], now), 0, "the day goes on");
        assert.equal(ageOf(["north"], now), undefined);
    });

    const status: DatasetStatus = {
        dataset: "sales",
        runs: [{ id: "jr_1", state: "FAILED", started: now, seconds: 61, error: "Out of memory" }],
        crawlers: [{ name: "raw", state: "READY", last: "FAILED", at: now, reason: "No such bucket" }],
        silver: {
            table: "lake.sales",
            partitions: 2,
            newest: ["2024", "3", "8"],
            ageHours: 54,
            freshnessHours: 26,
            fresh: false,
        },
    };

    it("says what is late, what failed and where to look", () => {
        const text = describeStatus(status);
        assert.match(
            text,
            /lake\.sales has 2 partitions, the newest 2024-3-8, 2 days old; the contract promises 26 hours: not kept\./,
        );
        assert.match(text, /Crawler raw: ready, last crawl failed 2024-03-11 06:00:00 \(No such bucket\)/);
        assert.match(text, /jr_1: Out of memory \(lakeworks logs jr_1\)/);
    });

    it("says so when nothing has happened yet", () => {
        const { newest: _, ageHours: __, fresh: ___, ...silver } = status.silver;
        const text = describeStatus({ ...status, runs: [], crawlers: [{ name: "raw", state: "READY" }], silver });
        assert.match(text, /has no partitions yet/);
        assert.match(text, /last crawl never$/m);
        assert.match(text, /No run of the job yet/);
    });
});
