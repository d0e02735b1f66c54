import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { byArrival, forgotten, readLedger } from "../../automation/bookmark";
import { checkYes } from "../../automation/commands/bookmark";
import { StepFailure } from "../../automation/errors";

const keys = [
    "ingest_date=2024-01-02/b.jsonl",
    "ingest_date=2024-01-01/a.jsonl",
    "shop=3/ingest_date=2024-01-02/ingest_date=2024-01-03.jsonl",
    "ingest_date=yesterday/c.jsonl",
    "ingest_date=2024-01-09.jsonl",
];

describe("the bookmark", () => {
    it("counts objects by the day of their arrival folder, wherever that lies", () => {
        assert.deepEqual(Object.entries(byArrival(keys, "ingest_date")), [
            ["", 2],
            ["2024-01-01", 1],
            ["2024-01-02", 2],
        ]);
    });

    it("forgets what the job forgets: from a day on with all that has no day, or everything", () => {
        const state = { byArrival: byArrival(keys, "ingest_date") };
        assert.equal(forgotten(state), 5);
        assert.equal(forgotten(state, "2024-01-01"), 5);
        assert.equal(forgotten(state, "2024-01-02"), 4);
        assert.equal(forgotten(state, "2025-01-01"), 2);
    });

    it("reads a ledger of its version alone", () => {
        const packed = (version: number) =>
            gzipSync(JSON.stringify({ version, objects: { a: { etag: "e", run: "jr_1" } }, runs: ["jr_1"] }));
        assert.deepEqual(readLedger(packed(1), "s3://b/k").runs, ["jr_1"]);
        assert.throws(() => readLedger(packed(2), "s3://b/k"), /s3:\/\/b\/k is of version 2, this program reads 1/);
    });

    it("is not set back on other stacks without --yes, and says how it is", () => {
        const options = { stack: "prod", dataset: "sales", from: "2024-01-15" };
        assert.throws(
            () => checkYes(options, "rewind"),
            (error: unknown) =>
                error instanceof StepFailure &&
                error.message.startsWith("The bookmark of prod stays") &&
                error.details.next ===
                    "If you mean it: lakeworks bookmark rewind --from 2024-01-15 --dataset sales --stack prod --yes.",
        );
        assert.throws(() => checkYes({ stack: "dev", local: true }, "reset"), StepFailure);
        checkYes({ ...options, yes: true }, "rewind");
        checkYes({ stack: "local" }, "reset");
        checkYes({ stack: "dev", yes: true }, "reset");
    });

    it("of prod is set back one dataset at a time", () => {
        assert.throws(
            () => checkYes({ stack: "prod", yes: true }, "reset"),
            (error) =>
                error instanceof StepFailure &&
                error.details.next === "If you mean it: lakeworks bookmark reset --dataset <name> --stack prod --yes.",
        );
        checkYes({ stack: "prod", dataset: "sales", yes: true }, "reset");
    });
});
