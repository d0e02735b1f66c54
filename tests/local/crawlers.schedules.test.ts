import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { mock } from "node:test";
import type { CrawlRuns } from "../../local/glue/crawlers/runs";
import { CrawlerSchedules } from "../../local/glue/crawlers/schedules";
import type { CrawlersState, StoredCrawler } from "../../local/glue/crawlers/state";
import { Store } from "../../local/store";

/** In steps: a long timer is made of short ones, each of which is set when the one before is over. */
function passHours(hours: number): void {
    for (let half = 0; half < hours * 120; half += 1) mock.timers.tick(30_000);
}

describe("schedules of crawlers", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-schedules-"));
    after(() => fs.rmSync(folder, { recursive: true }));
    beforeEach(() => mock.timers.enable({ apis: ["Date", "setTimeout"], now: Date.parse("2026-11-23T00:30:00Z") }));
    afterEach(() => mock.timers.reset());

    /** Schedules of one crawler, due every hour, and what they started. */
    function scheduled(State: "SCHEDULED" | "NOT_SCHEDULED") {
        const Schedule = { ScheduleExpression: "cron(0 * * * ? *)", State };
        const crawler: StoredCrawler = { Name: "raw", Role: "r", Targets: {}, Version: 1, Schedule };
        const store = new Store<CrawlersState>(
            path.join(fs.mkdtempSync(path.join(folder, "state-")), "crawlers.json"),
            {
                crawlers: { raw: crawler },
                crawls: {},
            },
        );
        const started: string[] = [];
        const logged: string[] = [];
        const runs = { stateOf: () => "READY", start: ({ Name }: StoredCrawler) => void started.push(Name) };
        const log = (line: string) => void logged.push(line);
        const schedules = new CrawlerSchedules({ log }, store, runs as unknown as CrawlRuns);
        return { schedules, crawler, store, runs, started, logged };
    }

    it("start crawlers, also those that a restart found scheduled", () => {
        const { schedules, started } = scheduled("SCHEDULED");
        passHours(1);
        assert.deepEqual(started, ["raw"]);
        passHours(2);
        assert.equal(started.length, 3);
        schedules.stop();
        passHours(1);
        assert.equal(started.length, 3);
    });

    it("start nothing while they are stopped, and again when they are started", () => {
        const { schedules, started, crawler } = scheduled("NOT_SCHEDULED");
        passHours(1);
        assert.deepEqual(started, []);
        const { StartCrawlerSchedule, StopCrawlerSchedule } = schedules.operations(() => crawler);
        void StartCrawlerSchedule?.({ CrawlerName: "raw" });
        passHours(1);
        assert.equal(started.length, 1);
        void StopCrawlerSchedule?.({ CrawlerName: "raw" });
        passHours(1);
        assert.equal(started.length, 1);
        schedules.stop();
    });

    it("leave out a turn of a crawler that still runs, and say so", () => {
        const { schedules, runs, started, logged } = scheduled("SCHEDULED");
        runs.stateOf = () => "RUNNING";
        passHours(1);
        assert.deepEqual(started, []);
        assert.match(logged.join(), /crawler raw still runs when its schedule is due/);
        schedules.stop();
    });
});
