import { deepEqual, equal } from "node:assert/strict";
import { jobBookmarks } from "../../../policies/reliability/job-bookmarks";
import { ended, expired } from "../expired";
import { clean, excepted, judgeStack, type Subject, unknownObject, unknownString, violation } from "../harness";
import { job, schedule } from "./fixtures";

const judged = (subjects: readonly Subject[], config?: object) => judgeStack(jobBookmarks, subjects, config);
const concurrent = { executionProperty: { maxConcurrentRuns: 3 } };
const silent = job({ defaultArguments: {} });

const twice =
    'etl: Job "sales-etl" keeps bookmarks and may have 3 runs at once: two runs start from the same bookmark and process ' +
    'the same objects twice. Set executionProperty.maxConcurrentRuns to 1, or defaultArguments["--job-bookmark-option"] ' +
    'to "job-bookmark-disable".';
const advised = {
    violations: [],
    advice: [
        'etl: Job "sales-etl" runs on a schedule and does not say whether it keeps bookmarks; Glue keeps none, so that each ' +
            'run reads everything again. Set defaultArguments["--job-bookmark-option"] to "job-bookmark-enable", or to ' +
            '"job-bookmark-disable" if that is what it should do.',
    ],
};

describe("policy job-bookmarks", () => {
    it("passes bookmarks with one run at a time, and runs at once without", async () => {
        equal(jobBookmarks.enforcementLevel, "mandatory");
        deepEqual(await judged([job(), schedule()]), clean);
        deepEqual(await judged([job({ executionProperty: undefined })]), clean);
        const off = { defaultArguments: { "--job-bookmark-option": "job-bookmark-disable" } };
        deepEqual(await judged([job({ ...concurrent, ...off })]), clean);
        deepEqual(await judged([job({ ...concurrent, defaultArguments: undefined })]), clean);
    });

    it("refuses bookmarks with runs at once, wherever they are turned on", async () => {
        deepEqual(await judged([job(concurrent)]), violation(twice));
        const nonOverridableArguments = { "--job-bookmark-option": "job-bookmark-enable" };
        deepEqual(
            await judged([job({ ...concurrent, defaultArguments: {}, nonOverridableArguments })]),
            violation(twice),
        );
    });

    it("advises a scheduled job to say whether it keeps them", async () => {
        deepEqual(await judged([silent, schedule()]), advised);
        deepEqual(await judged([silent]), clean);
        deepEqual(await judged([silent, schedule({ type: "ON_DEMAND" })]), clean);
        deepEqual(await judged([silent, schedule({ actions: [{ jobName: "another" }] })]), clean);
    });

    it("leaves an exception alone, until it is over, and a stack without jobs", async () => {
        deepEqual(await judged([job(concurrent)], excepted("sales-etl", "idempotent")), clean);
        deepEqual(await judged([job(concurrent)], expired("etl")), violation(twice + ended));
        equal((await judged([schedule()])).notApplicable, "the stack has no Glue jobs");
    });

    it("knows a trigger's job at preview by what it is made from, and guesses no arguments", async () => {
        const made: Subject = {
            ...schedule({ actions: [{ jobName: unknownString }] }),
            madeFrom: { actions: ["etl"] },
        };
        deepEqual(await judged([silent, made]), advised);
        deepEqual(await judged([silent, { ...made, madeFrom: {} }]), clean);
        deepEqual(await judged([job({ ...concurrent, defaultArguments: unknownObject }), schedule()]), clean);
    });
});
