import * as assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import { CrawlerLake, rawConfiguration, s3Target } from "./crawlersSupport";
import { errorName } from "./support";

describe("local Glue crawlers as resources", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    it("read back what was given, and refuse what is not done", async () => {
        const given = {
            ...s3Target("sales/"),
            Description: "d",
            Configuration: rawConfiguration,
            Tags: { team: "lake" },
        };
        await lake.create("kept", given);
        const { Crawler } = await lake.glue.send(new glue.GetCrawlerCommand({ Name: "kept" }));
        assert.deepEqual(
            [Crawler?.Configuration, Crawler?.Description, Crawler?.State],
            [rawConfiguration, "d", "READY"],
        );
        assert.deepEqual(Crawler?.SchemaChangePolicy, {
            UpdateBehavior: "UPDATE_IN_DATABASE",
            DeleteBehavior: "DEPRECATE_IN_DATABASE",
        });
        const { CrawlerNames } = await lake.glue.send(new glue.ListCrawlersCommand({ Tags: { team: "lake" } }));
        assert.deepEqual(CrawlerNames, ["kept"]);
        const refused: Partial<glue.CreateCrawlerRequest>[] = [
            { Schedule: "daily" },
            { Classifiers: ["mine"] },
            { Targets: { JdbcTargets: [{ ConnectionName: "c", Path: "p" }] } },
            { Targets: {} },
            { Configuration: '{"Version":1,"Grouping":{"TableGroupingPolicy":"Other"}}' },
            { Configuration: "[" },
        ];
        for (const more of refused) {
            assert.equal(
                await errorName(lake.create("refused", { ...s3Target("x"), ...more })),
                "InvalidInputException",
                JSON.stringify(more),
            );
        }
        await lake.glue.send(new glue.DeleteCrawlerCommand({ Name: "kept" }));
        assert.equal(
            await errorName(lake.glue.send(new glue.GetCrawlerCommand({ Name: "kept" }))),
            "EntityNotFoundException",
        );
    });

    it("keep a schedule, which can be stopped, started, changed and taken away", async () => {
        const schedule = async () => (await lake.getCrawler("timed")).Schedule;
        const expression = "cron(0 1 * * ? *)";
        await lake.create("timed", { ...s3Target("sales/"), Schedule: expression });
        assert.deepEqual(await schedule(), { ScheduleExpression: expression, State: "SCHEDULED" });
        const at = { CrawlerName: "timed" };
        const start = () => lake.glue.send(new glue.StartCrawlerScheduleCommand(at));
        const stop = () => lake.glue.send(new glue.StopCrawlerScheduleCommand(at));
        assert.equal(await errorName(start()), "SchedulerRunningException");
        await stop();
        assert.deepEqual(await schedule(), { ScheduleExpression: expression, State: "NOT_SCHEDULED" });
        assert.equal(await errorName(stop()), "SchedulerNotRunningException");
        await start();
        const update = (Schedule: string) => lake.glue.send(new glue.UpdateCrawlerCommand({ Name: "timed", Schedule }));
        await update("cron(0/30 2 ? * MON-FRI *)");
        assert.equal((await schedule())?.ScheduleExpression, "cron(0/30 2 ? * MON-FRI *)");
        assert.equal(await errorName(update("rate(1 day)")), "InvalidInputException");
        await update("");
        assert.equal(await schedule(), undefined);
        assert.equal(await errorName(start()), "NoScheduleException");
        await lake.glue.send(new glue.UpdateCrawlerScheduleCommand({ ...at, Schedule: expression }));
        assert.equal((await schedule())?.State, "SCHEDULED");
    });

    it("run once at a time, and stop", async () => {
        for (let index = 0; index < 60; index += 1) await lake.put(`slow/p=${index}/a.json`, '{"a":1}\n');
        await lake.create("slow", s3Target("slow"));
        const Name = "slow";
        assert.equal(
            await errorName(lake.glue.send(new glue.StopCrawlerCommand({ Name }))),
            "CrawlerNotRunningException",
        );
        await lake.glue.send(new glue.StartCrawlerCommand({ Name }));
        assert.equal((await lake.glue.send(new glue.GetCrawlerCommand({ Name }))).Crawler?.State, "RUNNING");
        const calls = [new glue.StartCrawlerCommand({ Name }), new glue.DeleteCrawlerCommand({ Name })];
        assert.equal(await errorName(lake.glue.send(calls[0] as glue.StartCrawlerCommand)), "CrawlerRunningException");
        await lake.glue.send(new glue.StopCrawlerCommand({ Name }));
        assert.equal((await lake.ready("slow")).LastCrawl?.Status, "CANCELLED");
        assert.equal(await errorName(lake.getTable("slow")), "EntityNotFoundException");
    });
});
