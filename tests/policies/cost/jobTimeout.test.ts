import { deepEqual, equal } from "node:assert/strict";
import { jobTimeout } from "../../../policies/cost/job-timeout";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { job } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(jobTimeout, subject, config);

describe("policy job-timeout", () => {
    it("passes a timeout up to 480 minutes", async () => {
        equal(jobTimeout.enforcementLevel, "mandatory");
        deepEqual(await judged(job()), clean);
        deepEqual(await judged(job({ timeout: 480 })), clean);
    });

    it("refuses a longer one, of a job and of a trigger's action", async () => {
        deepEqual(
            await judged(job({ timeout: 481 })),
            violation(
                'Job "sales-etl" may run for 481 minutes, more than 480: a run that hangs is paid for that long. ' +
                    "Set timeout to 480 or less.",
            ),
        );
        const trigger = (timeout: unknown): Subject => ({
            type: "aws:glue/trigger:Trigger",
            props: { name: "nightly", actions: [{ crawlerName: "raw" }, { jobName: "sales-etl", timeout }] },
        });
        deepEqual(await judged(trigger(60)), clean);
        deepEqual(
            await judged(trigger(60), { maxMinutes: 30 }),
            violation(
                'Trigger "nightly" starts a job that may run for 60 minutes, more than 30: a run that hangs is paid for ' +
                    "that long. Set actions[1].timeout to 30 or less, or leave it out.",
            ),
        );
        equal((await judged(trigger(unknownString))).notKnownYet !== undefined, true);
    });

    it("refuses none before Glue 5.0, and advises one after", async () => {
        deepEqual(
            await judged(job({ timeout: undefined, glueVersion: "4.0" })),
            violation(
                'Job "sales-etl" has no timeout, and with Glue 4.0 a run that hangs is paid for up to 2,880 minutes. ' +
                    "Set timeout to 480 or less.",
            ),
        );
        for (const glueVersion of ["5.0", "10.0", undefined]) {
            deepEqual(await judged(job({ timeout: undefined, glueVersion })), {
                violations: [],
                advice: [
                    'Job "sales-etl" has no timeout: when a run that hangs ends is up to Glue. Set timeout to 480 or less.',
                ],
            });
        }
        deepEqual(await judged(job({ timeout: undefined, glueVersion: "4.0" }), { maxMinutes: 2880 }), clean);
    });

    it("does not apply to jobs that do not end, an exception, and other resources", async () => {
        const named = async (name: string) => (await judged(job({ command: { name }, timeout: 0 }))).notApplicable;
        equal(await named("gluestreaming"), '"sales-etl" is a streaming job, which does not end');
        equal(await named("glueray"), '"sales-etl" is a Ray job, which takes no timeout');
        const { notApplicable } = await judged(job({ timeout: 999 }), excepted("sales-etl", "a backfill"));
        equal(notApplicable, '"sales-etl" is an exception until 9999-12-31: a backfill');
        equal(
            (await judged({ type: "aws:s3/bucket:Bucket", props: {} })).notApplicable,
            "the rule is for glue.Job, glue.Trigger",
        );
    });

    it("waits for a timeout that is not known yet", async () => {
        const { notKnownYet } = await judged(job({ timeout: unknownString }));
        equal(notKnownYet, "string value at .timeout can't be known during preview");
    });
});
