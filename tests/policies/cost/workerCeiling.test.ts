import { deepEqual, equal } from "node:assert/strict";
import { workerCeiling } from "../../../policies/cost/worker-ceiling";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { job } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(workerCeiling, subject, config);
const workers = (workerType: unknown, numberOfWorkers: unknown) => job({ workerType, numberOfWorkers });

describe("policy worker-ceiling", () => {
    it("passes up to 100 DPU, by the size of the worker type", async () => {
        equal(workerCeiling.enforcementLevel, "mandatory");
        const most: [string | undefined, number][] = [
            ["G.025X", 400],
            ["Standard", 100],
            [undefined, 100],
            ["G.1X", 100],
            ["R.2X", 50],
            ["G.16X", 6],
        ];
        for (const [type, count] of most) {
            deepEqual(await judged(workers(type, count)), clean, type);
            equal((await judged(workers(type, count + 1))).violations.length, 1, type);
        }
        deepEqual(await judged(job({ workerType: undefined, numberOfWorkers: undefined })), clean);
    });

    it("says how many workers there may be", async () => {
        deepEqual(
            await judged(workers("G.8X", 20)),
            violation(
                'Job "sales-etl" has 20 workers G.8X, 160 DPU, more than 100: each is paid for as long as a run lasts. ' +
                    "Set numberOfWorkers to 12 or less.",
            ),
        );
        deepEqual(
            await judged(job({ workerType: undefined, numberOfWorkers: undefined, maxCapacity: 20 }), { maxDpus: 10 }),
            violation(
                'Job "sales-etl" has maxCapacity 20, 20 DPU, more than 10: each is paid for as long as a run lasts. ' +
                    "Set maxCapacity to 10 or less.",
            ),
        );
    });

    it("leaves an exception and other resources alone", async () => {
        const { notApplicable } = await judged(workers("G.8X", 20), excepted("sales-etl", "a backfill"));
        equal(notApplicable, '"sales-etl" is an exception until 9999-12-31: a backfill');
        equal((await judged({ type: "aws:s3/bucket:Bucket", props: {} })).notApplicable, "the rule is for glue.Job");
    });

    it("waits for a number that is not known yet", async () => {
        const { notKnownYet } = await judged(workers("G.8X", unknownString));
        equal(notKnownYet, "string value at .numberOfWorkers can't be known during preview");
    });
});
