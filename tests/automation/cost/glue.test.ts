import assert from "node:assert/strict";
import * as fc from "fast-check";
import { estimate } from "../../../automation/cost/estimate";
import { firingsPerMonth } from "../../../automation/cost/starts";
import type { DeclaredResource } from "../../../automation/cost/resources";
import { job, resource, table, unknown, volumes } from "./resources";

const days = 365 / 12;

/** One line's dollars and words. */
function only(resources: DeclaredResource[], stated = volumes()) {
    const { lines } = estimate(resources, stated);
    assert.equal(lines.length, 1);
    return lines[0]!;
}

const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} should be ${expected}`);

function trigger(name: string, inputs: DeclaredResource["inputs"]): DeclaredResource {
    return resource("aws:glue/trigger:Trigger", name, { name, type: "SCHEDULED", ...inputs });
}

describe("the cost of Glue jobs", () => {
    it("is DPU × hours × price, as in AWS's own example of 6 DPU for 15 minutes", () => {
        const once = volumes({ jobRunsPerDay: 1 / days, minutesPerRun: 15 });
        near(only([job({ numberOfWorkers: 6 })], once).monthlyUsd, 0.66);
    });

    it("tells its formula and what it assumes", () => {
        const { what, why, service, name } = only([job()]);
        assert.deepEqual([service, name], ["Glue", "etl"]);
        assert.equal(what, "2 × G.1X workers, 30.42 runs of 10 min");
        assert.equal(
            why,
            "2 DPU × 5.069 h × $0.44; runs by stated 1 a day; the minutes are as stated, whatever the number of workers.",
        );
    });

    it("doubles with the workers, and with the size of each", () => {
        const { monthlyUsd } = only([job()]);
        near(only([job({ numberOfWorkers: 4 })]).monthlyUsd, 2 * monthlyUsd);
        near(only([job({ workerType: "G.2X" })]).monthlyUsd, 2 * monthlyUsd);
    });

    it("charges a run for a minute at least, and for no longer than its timeout", () => {
        near(only([job()], volumes({ minutesPerRun: 0.2 })).monthlyUsd, (2 * days * 0.44) / 60);
        const cut = only([job({ timeout: 5 })]);
        near(cut.monthlyUsd, (2 * days * 5 * 0.44) / 60);
        assert.match(cut.why, /a run ends at its timeout/);
    });

    it("takes the price of Flex", () => {
        const flex = only([job({ executionClass: "FLEX" })]);
        near(flex.monthlyUsd, (2 * days * 10 * 0.29) / 60);
        assert.match(flex.what, /, Flex$/);
    });

    it("says that with auto scaling the number is the most", () => {
        const scaling = { defaultArguments: { "--enable-auto-scaling": "true" } };
        assert.match(only([job(scaling)]).why, /this is the most/);
        assert.equal(only([job(scaling)]).monthlyUsd, only([job()]).monthlyUsd);
    });

    it("is not priced where workers are unknown, memory-optimized, or none of Spark's", () => {
        for (const inputs of [
            { numberOfWorkers: unknown },
            { workerType: unknown },
            { workerType: "R.1X" },
            { command: { name: "pythonshell" } },
            { command: unknown },
        ]) {
            const { lines, notPriced } = estimate([job(inputs)], volumes());
            assert.deepEqual(lines, []);
            assert.deepEqual(
                notPriced.map(({ type, count }) => [type, count]),
                [["aws:glue/job:Job", 1]],
            );
        }
    });

    it("is never negative and grows with the workers, the minutes and the runs", () => {
        const stated = fc.record({
            minutesPerRun: fc.double({ min: 0, max: 1e4, noNaN: true }),
            jobRunsPerDay: fc.double({ min: 0, max: 300, noNaN: true }),
        });
        const more = fc.integer({ min: 0, max: 100 });
        fc.assert(
            fc.property(fc.integer({ min: 2, max: 299 }), more, stated, more, (workers, extra, said, longer) => {
                const cost = (numberOfWorkers: number, minutes: number) =>
                    only([job({ numberOfWorkers })], volumes({ ...said, minutesPerRun: minutes })).monthlyUsd;
                const base = cost(workers, said.minutesPerRun);
                assert.ok(base >= 0);
                assert.ok(cost(workers + extra, said.minutesPerRun) >= base);
                assert.ok(cost(workers, said.minutesPerRun + longer) >= base);
            }),
        );
    });
});

describe("how often jobs and crawlers start", () => {
    it("is by the schedule, over the year", () => {
        near(firingsPerMonth("cron(0 2 * * ? *)")!, days);
        near(firingsPerMonth("cron(0/5 * * * ? *)")!, 288 * days);
        near(firingsPerMonth("cron(0 2,14 1 * ? *)")!, 2);
        near(firingsPerMonth("cron(0 0 29 2 ? *)")!, 0);
        near(firingsPerMonth("rate(12 hours)")!, 2 * days);
        near(firingsPerMonth("rate(1 day)")!, days);
    });

    it("is not told by what is no schedule", () => {
        for (const text of ["", "daily", "cron(0 2 * * *)", "cron(99 2 * * ? *)", "rate(0 days)", unknown]) {
            assert.equal(firingsPerMonth(text), undefined);
        }
    });

    it("of a job is by its trigger, and by the stated volume without one", () => {
        const nightly = trigger("nightly", { schedule: "cron(0 2,14 * * ? *)", actions: [{ jobName: "etl" }] });
        assert.match(only([job(), nightly]).what, /60\.83 runs/);
        assert.match(only([job(), nightly]).why, /runs by cron\(0 2,14 \* \* \? \*\)/);
        assert.match(only([job(), { ...nightly, inputs: { ...nightly.inputs, enabled: false } }]).what, /30\.42 runs/);
        assert.match(only([job(), { ...nightly, inputs: { ...nightly.inputs, schedule: unknown } }]).what, /30\.42 /);
    });

    it("of a job behind a crawler is that of the crawler, though names be unknown", () => {
        const crawler = resource("aws:glue/crawler:Crawler", "crawl", { name: "crawl" });
        const resources = (jobName: string) => [
            job(),
            crawler,
            trigger("first", { schedule: "cron(0 0/12 * * ? *)", actions: [{ crawlerName: "crawl" }] }),
            trigger("then", {
                type: "CONDITIONAL",
                predicate: { conditions: [{ crawlerName: "crawl", crawlState: "SUCCEEDED" }] },
                actions: [{ jobName }],
            }),
        ];
        for (const name of ["etl", unknown]) {
            const { lines } = estimate(resources(name), volumes());
            assert.ok(lines.every(({ what }) => what.includes("60.83 ")));
            assert.match(lines[0]!.why, /of crawl/);
        }
    });

    it("ends where triggers go in a circle", () => {
        const after = trigger("again", {
            type: "CONDITIONAL",
            predicate: { conditions: [{ jobName: "etl" }] },
            actions: [{ jobName: "etl" }],
        });
        assert.match(only([job(), after]).what, /30\.42 runs/);
    });
});

describe("the cost of crawlers and of the catalog", () => {
    it("charges ten minutes at least", () => {
        const { monthlyUsd, what } = only([resource("aws:glue/crawler:Crawler", "crawl")]);
        near(monthlyUsd, (2 * days * 10 * 0.44) / 60);
        assert.equal(what, "30.42 crawls of 2 min, charged as 10 min");
    });

    it("takes a crawler's own schedule", () => {
        const weekly = resource("aws:glue/crawler:Crawler", "crawl", { schedule: "cron(0 1 ? * MON *)" });
        near(only([weekly], volumes({ minutesPerCrawl: 60 })).monthlyUsd, 2 * (52 / 12) * 0.44);
    });

    it("charges for objects over the first million", () => {
        near(only([table()]).monthlyUsd, 0);
        const many = only([table()], volumes({ partitionsPerDay: 3000 }, { ageDays: 400 }));
        near(many.monthlyUsd, 200_001 / 100_000);
    });

    it("takes the stated DPU-hours of an Iceberg optimizer", () => {
        const optimizer = (enabled: boolean) =>
            resource("aws:glue/catalogTableOptimizer:CatalogTableOptimizer", "compaction", {
                type: "compaction",
                configuration: { enabled },
            });
        near(only([optimizer(true)], volumes({ optimizerDpuHoursPerDay: 2 })).monthlyUsd, 2 * days * 0.44);
        near(only([optimizer(false)]).monthlyUsd, 0);
    });
});
