import assert from "node:assert/strict";
import { describeReport, errorText, summarize, type RunReport } from "../../automation/runReport";

const report: RunReport = {
    runId: "jr_1",
    dataset: "sales",
    mode: "run",
    status: "succeeded",
    rows: { input: 1030, output: 1000, quarantined: 20, duplicates: 10, alreadyPublished: 0, replaced: 3 },
    schemaChanges: { newFields: { coupon: 2 }, missingFields: ["b.csv: region"] },
    bytesScanned: 512,
    objects: 2,
    gold: [{ table: "daily_sales", partitions: ["year=2024/month=1"] }],
    quarantineReasons: { malformed: 12, quantity_not_positive: 8 },
    partitions: ["year=2024/month=1/day=1"],
    files: 1,
    bytesRead: 2048,
    bytesWritten: 1024,
    quality: [
        { rule: "RowCount > 0", outcome: "Passed" },
        { rule: 'IsUnique "id"', outcome: "Failed", reason: "Value: 0.99" },
    ],
    peakMemoryMiB: 1239,
    stages: [
        { name: "list", seconds: 0.1 },
        { name: "stage", seconds: 3 },
        { name: "merge", seconds: 12 },
        { name: "gold", seconds: 2 },
    ],
};

describe("the run report", () => {
    it("sums up in one line, leaving out what is zero", () => {
        assert.equal(summarize(report), "1,000 rows published of 1,030 read, 20 quarantined, 10 duplicates");
    });

    it("says what a run of another mode did", () => {
        assert.equal(summarize({ ...report, mode: "compact" }), "1 partition compacted");
        assert.equal(summarize({ ...report, mode: "rewind" }), "the bookmark is set back");
        assert.match(describeReport({ ...report, mode: "compact" }), /Silver has the rows that it had/);
        assert.match(describeReport({ ...report, mode: "reset" }), /reads again what the job has forgotten/);
    });

    it("tells a backfill from a run, and what neither found", () => {
        const nothing = { ...report, rows: { ...report.rows, input: 0 } };
        assert.match(describeReport({ ...report, mode: "backfill" }), /Rows of the backfill/);
        assert.match(describeReport({ ...nothing, mode: "backfill" }), /nothing arrived in these days/);
        assert.match(describeReport(nothing), /Nothing new has arrived .*\nGold: daily_sales: 1 partition\.$/);
        assert.match(describeReport({ ...nothing, mode: "compact", files: 0 }), /No partition .* has files to join/);
    });

    it("says how silver has grown where later rows took the place of others", () => {
        const replacing = (output: number, replaced: number) =>
            describeReport({ ...report, rows: { ...report.rows, output, replaced } });
        assert.match(replacing(3, 3), /Silver has as many rows as before\./);
        assert.match(replacing(2, 3), /Silver has 1 row fewer than before\./);
    });

    it("of a failed run tells why", () => {
        assert.equal(errorText({ error: "lakeworks.quality.QualityGateError: 1 of 2: failed" }), "1 of 2: failed");
        assert.equal(errorText({ error: "MemoryError: no room" }), "MemoryError: no room");
        assert.equal(errorText({ error: null }), undefined);
    });

    it("shows every reason and the rules that failed", () => {
        const text = describeReport(report);
        assert.match(text, /malformed +│ +12 │/);
        assert.match(text, /= read +│ +1,030 │/);
        assert.match(text, /in place of an earlier row +│ +3 │/);
        assert.match(text, /1.00 KB written in 1 file of 1 partition, 512 B of silver scanned\./);
        assert.match(text, /Silver has 997 rows more than before\./);
        assert.match(text, /2.00 KB read from 2 objects\./);
        assert.match(text, /Slowest: merge 12.0 s, stage 3.00 s, gold 2.00 s\. Largest worker: 1,239 MiB\.$/);
        assert.match(text, /Gold: daily_sales: 1 partition\./);
        assert.match(text, /Fields that no column reads: coupon \(2 records\)\./);
        assert.match(text, /Columns that a header lacks: b\.csv: region\./);
        assert.match(text, /1 of 2 rules passed/);
        assert.match(text, /Failed: IsUnique "id" \(Value: 0.99\)/);
    });
});
