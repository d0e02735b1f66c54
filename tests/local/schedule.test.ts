/** AWS Glue's schedules: what is one, and when it fires. */
import assert from "node:assert/strict";
import { mock } from "node:test";
import { checkSchedule, firingTimes, Schedules } from "../../local/glue/schedule";

/** A Monday. */
const monday = new Date("2026-11-23T00:00:00Z");

function next(expression: string, count = 3): string[] {
    return firingTimes(expression, monday, count).map((time) => time.toISOString().slice(0, 16));
}

describe("Glue schedules", () => {
    const known: [expression: string, meaning: string, times: string[]][] = [
        ["cron(15 12 * * ? *)", "every day", ["2026-11-23T12:15", "2026-11-24T12:15", "2026-11-25T12:15"]],
        ["cron(0 10 ? * 1 *)", "day 1 is Sunday", ["2026-11-29T10:00", "2026-12-06T10:00", "2026-12-13T10:00"]],
        ["cron(0 18 ? * MON-FRI *)", "working days", ["2026-11-23T18:00", "2026-11-24T18:00", "2026-11-25T18:00"]],
        ["cron(0 8 1 * ? *)", "the month's first", ["2026-12-01T08:00", "2027-01-01T08:00", "2027-02-01T08:00"]],
        ["cron(1/10 * ? * * *)", "steps from a start", ["2026-11-23T00:01", "2026-11-23T00:11", "2026-11-23T00:21"]],
        ["cron(0 2 L * ? *)", "the month's last day", ["2026-11-30T02:00", "2026-12-31T02:00", "2027-01-31T02:00"]],
        ["cron(0 2 ? * L *)", "the week's last day", ["2026-11-28T02:00", "2026-12-05T02:00", "2026-12-12T02:00"]],
        ["cron(0 2 ? * 6L *)", "the last Friday", ["2026-11-27T02:00", "2026-12-25T02:00", "2027-01-29T02:00"]],
        ["cron(0 2 3W * ? *)", "the working day next to", ["2026-12-03T02:00", "2027-01-04T02:00", "2027-02-03T02:00"]],
        ["cron(0 2 1 JAN,JUL ? 2027)", "a year of its own", ["2027-01-01T02:00", "2027-07-01T02:00"]],
    ];
    for (const [expression, meaning, times] of known) {
        it(`${expression} fires: ${meaning}`, () => {
            checkSchedule(expression);
            assert.deepEqual(next(expression), times);
        });
    }

    const refused: [expression: string, reason: RegExp][] = [
        ["rate(1 hour)", /must be cron/],
        ["0 2 * * ? *", /must be cron/],
        ["cron(0 2 * * *)", /6 fields and has 5/],
        ["cron(0 2 * * * *)", /exactly one of Day-of-month and Day-of-week must be \?/],
        ["cron(0 2 ? * ? *)", /exactly one of/],
        ["cron(0 2 ? * 6#3 *)", /Day-of-week cannot be 6#3/],
        ["cron(60 2 * * ? *)", /is not valid: .*minute/],
        ["cron(0 2 32 * ? *)", /is not valid: .*day/],
        ["cron(0 2 ? * SAM *)", /is not valid/],
        ["cron(0 2 * * ? 2300)", /Year must be from 1970 to 2199/],
        ["cron(0/4 * * * ? *)", /more often than every 5 minutes/],
        ["cron(0,58 0,6,23 * * ? *)", /more often than every 5 minutes/],
    ];
    for (const [expression, reason] of refused) {
        it(`${expression} is refused`, () => {
            assert.throws(() => checkSchedule(expression), { code: "InvalidInputException", message: reason });
        });
    }

    describe("timers", () => {
        beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: monday }));
        afterEach(() => mock.timers.reset());

        const hours = (count: number) => {
            for (let minute = 0; minute < count * 60; minute++) mock.timers.tick(60_000);
        };

        it("fire by the expression last set, until it is removed", () => {
            const schedules = new Schedules(assert.fail);
            const fired: string[] = [];
            schedules.set("one", "cron(0 1 * * ? *)", () => fired.push("never"));
            schedules.set("one", "cron(30 * * * ? *)", () => fired.push("one"));
            schedules.set("two", "cron(0 2 * * ? *)", () => fired.push("two"));
            hours(3);
            assert.deepEqual(fired, ["one", "one", "two", "one"]);
            schedules.remove("one");
            hours(24);
            assert.deepEqual(fired, ["one", "one", "two", "one", "two"]);
            schedules.stop();
            hours(24);
            assert.equal(fired.length, 5);
        });

        it("go on after a firing that failed", () => {
            const lines: string[] = [];
            const schedules = new Schedules((line) => lines.push(line));
            schedules.set("crawler/raw", "cron(0 * * * ? *)", () => {
                throw new Error("busy");
            });
            hours(2);
            schedules.stop();
            assert.deepEqual(lines, Array(2).fill("glue: schedule of crawler/raw: Error: busy"));
        });
    });
});
