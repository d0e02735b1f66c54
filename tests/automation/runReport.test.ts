import assert from "node:assert/strict";
import { describeReport, summarize, type RunReport } from "../../automation/runReport";

const report: RunReport = {
    runId: "jr_1",
    dataset: "sales",
    mode: "run",
    status: "SUCCEEDED",
    rows: { input: 1030, output: 1000, quarantined: 20, duplicates: 10, alreadyPublished: 0, replaced: 3 },
    schemaChanges: { newFields: { coupon: 2 }, missingFields: ["b.csv: region"] },
    bytesScanned: 512,
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
    stages: [],
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

    it("shows every reason and the rules that failed", () => {
        const text = describeReport(report);
        assert.match(text, /malformed +│ +12 │/);
        assert.match(text, /= read +│ +1,030 │/);
        assert.match(text, /in place of an earlier row +│ +3 │/);
        assert.match(text, /1.00 KB written in 1 file of 1 partition, merged with 512 B of silver\./);
        assert.match(text, /Gold: daily_sales, 1 partition\./);
        assert.match(text, /Fields that no column reads: coupon \(2 records\)\./);
        assert.match(text, /Columns that a header lacks: b\.csv: region\./);
        assert.match(text, /1 of 2 rules passed/);
        assert.match(text, /Failed: IsUnique "id" \(Value: 0.99\)/);
    });
});
