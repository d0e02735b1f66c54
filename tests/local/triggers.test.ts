/** Triggers: their definitions, and that they really start jobs and crawlers. */
import assert from "node:assert/strict";
import {
    BatchGetTriggersCommand,
    BatchStopJobRunCommand,
    CreateCrawlerCommand,
    CreateDatabaseCommand,
    CreateTriggerCommand,
    DeleteTriggerCommand,
    GetJobRunsCommand,
    GetTagsCommand,
    GetTriggerCommand,
    GetTriggersCommand,
    ListTriggersCommand,
    StartCrawlerCommand,
    StartTriggerCommand,
    StopTriggerCommand,
    UpdateTriggerCommand,
    type CreateTriggerRequest,
    type JobRun,
} from "@aws-sdk/client-glue";
import { bucket, eventually, JobsLab } from "./jobsSupport";
import { errorName } from "./support";

describe("Glue triggers", function () {
    this.timeout(300_000);
    let lab: JobsLab;

    before(async () => {
        lab = await JobsLab.start();
        await lab.aws.warm();
    });

    after(async () => lab.stop());

    const create = (trigger: CreateTriggerRequest) => lab.clients.glue.send(new CreateTriggerCommand(trigger));
    const start = (name: string) => lab.clients.glue.send(new StartTriggerCommand({ Name: name }));
    const get = async (name: string) => {
        const { Trigger: trigger } = await lab.clients.glue.send(new GetTriggerCommand({ Name: name }));
        return JSON.parse(JSON.stringify(trigger)) as object;
    };
    const runsOf = async (job: string): Promise<JobRun[]> =>
        (await lab.clients.glue.send(new GetJobRunsCommand({ JobName: job }))).JobRuns ?? [];
    const succeeded = (job: string, count = 1) =>
        eventually(`${count} successful runs of ${job}`, async () => {
            const runs = (await runsOf(job)).filter((run) => run.JobRunState === "SUCCEEDED");
            return runs.length < count ? undefined : runs;
        });
    const onDemand = (name: string, ...jobs: string[]) =>
        create({ Name: name, Type: "ON_DEMAND", Actions: jobs.map((job) => ({ JobName: job })) });

    describe("definitions", () => {
        const scheduled: CreateTriggerRequest = {
            Name: "nightly",
            Type: "SCHEDULED",
            Description: "each night",
            Schedule: "cron(0 2 * * ? *)",
            Actions: [{ JobName: "load", Arguments: { "--day": "1" }, Timeout: 10 }, { CrawlerName: "raw" }],
        };
        const conditional: CreateTriggerRequest = {
            Name: "after",
            Type: "CONDITIONAL",
            Actions: [{ JobName: "load" }],
            Predicate: {
                Logical: "ANY",
                Conditions: [
                    { LogicalOperator: "EQUALS", CrawlerName: "raw", CrawlState: "SUCCEEDED" },
                    { LogicalOperator: "EQUALS", JobName: "prepare", State: "FAILED" },
                ],
            },
        };

        it("are given back as they were given, also after a crash", async () => {
            await create({ ...scheduled, StartOnCreation: true, Tags: { team: "sales" } });
            await create(conditional);
            assert.deepEqual(await get("nightly"), { ...scheduled, State: "ACTIVATED" });
            assert.deepEqual(await get("after"), { ...conditional, State: "CREATED" });
            const arn = "arn:aws:glue:us-east-1:000000000000:trigger/nightly";
            const { Tags: tags } = await lab.clients.glue.send(new GetTagsCommand({ ResourceArn: arn }));
            assert.deepEqual(tags, { team: "sales" });
            await lab.crashAndRestart();
            assert.deepEqual(await get("nightly"), { ...scheduled, State: "ACTIVATED" });
        });

        it("are listed, by job and by tag", async () => {
            const { glue } = lab.clients;
            const all = await glue.send(new GetTriggersCommand({}));
            assert.deepEqual(
                all.Triggers?.map((trigger) => trigger.Name),
                ["after", "nightly"],
            );
            await create({ Name: "by-hand", Type: "ON_DEMAND", Actions: [{ JobName: "prepare" }] });
            const ofJob = await glue.send(new ListTriggersCommand({ DependentJobName: "prepare" }));
            assert.deepEqual(ofJob.TriggerNames, ["by-hand"]);
            const tagged = await glue.send(new ListTriggersCommand({ Tags: { team: "sales" } }));
            assert.deepEqual(tagged.TriggerNames, ["nightly"]);
            const some = await glue.send(new BatchGetTriggersCommand({ TriggerNames: ["after", "nothing"] }));
            assert.deepEqual([some.Triggers?.length, some.TriggersNotFound], [1, ["nothing"]]);
        });

        it("are activated and deactivated, but for those on demand", async () => {
            const { glue } = lab.clients;
            const stateOf = async (name: string) => ((await get(name)) as { State: string }).State;
            await glue.send(new StopTriggerCommand({ Name: "nightly" }));
            assert.equal(await stateOf("nightly"), "DEACTIVATED");
            await start("nightly");
            assert.equal(await stateOf("nightly"), "ACTIVATED");
            await start("by-hand");
            await glue.send(new StopTriggerCommand({ Name: "by-hand" }));
            assert.equal(await stateOf("by-hand"), "CREATED");
        });

        it("are replaced whole by an update, and forgotten by a deletion", async () => {
            const { glue } = lab.clients;
            const { Actions, Schedule } = { ...scheduled, Schedule: "cron(0 3 * * ? *)" };
            await glue.send(new UpdateTriggerCommand({ Name: "nightly", TriggerUpdate: { Actions, Schedule } }));
            const { Description: _description, ...rest } = scheduled;
            assert.deepEqual(await get("nightly"), { ...rest, Schedule, State: "ACTIVATED" });
            for (const name of ["nightly", "after", "by-hand", "nothing"]) {
                await glue.send(new DeleteTriggerCommand({ Name: name }));
            }
            assert.deepEqual((await glue.send(new ListTriggersCommand({}))).TriggerNames, []);
            assert.equal(await errorName(get("nightly")), "EntityNotFoundException");
        });

        const refused: [why: string, trigger: Partial<CreateTriggerRequest>][] = [
            ["an event", { Type: "EVENT" }],
            ["no action", { Actions: [] }],
            ["an action of nothing", { Actions: [{}] }],
            ["three crawlers", { Actions: ["a", "b", "c"].map((name) => ({ CrawlerName: name })) }],
            ["no schedule", { Type: "SCHEDULED" }],
            ["a wrong schedule", { Type: "SCHEDULED", Schedule: "cron(0 2 * * *)" }],
            ["no predicate", { Type: "CONDITIONAL" }],
            [
                "several conditions without a logical",
                {
                    Type: "CONDITIONAL",
                    Predicate: {
                        Conditions: [
                            { JobName: "a", State: "FAILED" },
                            { JobName: "b", State: "FAILED" },
                        ],
                    },
                },
            ],
            [
                "a state that is no end",
                {
                    Type: "CONDITIONAL",
                    Predicate: { Conditions: [{ JobName: "a", State: "RUNNING" }] },
                },
            ],
            ["activation on creation of one on demand", { StartOnCreation: true }],
        ];
        for (const [why, trigger] of refused) {
            it(`are refused: ${why}`, async () => {
                const right: CreateTriggerRequest = {
                    Name: "wrong",
                    Type: "ON_DEMAND",
                    Actions: [{ JobName: "load" }],
                };
                const wrong = { ...right, ...trigger };
                assert.equal(await errorName(create(wrong)), "InvalidInputException");
            });
        }

        it("are refused: one of a name that there is", async () => {
            await onDemand("twice", "load");
            assert.equal(await errorName(onDemand("twice", "load")), "AlreadyExistsException");
        });
    });

    describe("firing", () => {
        const arguments_ = "import sys\nprint(sys.argv)";

        it("on demand starts every job, with the action's own arguments", async () => {
            await lab.job("one", arguments_, { DefaultArguments: { "--day": "1", "--hour": "2" } });
            await lab.job("two", "print('two')");
            await create({
                Name: "both",
                Type: "ON_DEMAND",
                Actions: [
                    { JobName: "absent" },
                    { JobName: "one", Arguments: { "--day": "5" }, Timeout: 7 },
                    { JobName: "two" },
                ],
            });
            await start("both");
            const [one] = await succeeded("one");
            const [two] = await succeeded("two");
            assert.deepEqual([one?.TriggerName, two?.TriggerName], ["both", "both"]);
            assert.equal(one?.Timeout, 7);
            const [printed] = await lab.logLines("/aws-glue/jobs/output", one?.Id ?? "");
            assert.match(printed ?? "", /'--day', '5'/);
            assert.match(printed ?? "", /'--hour', '2'/);
        });

        it("by the clock starts at the minute", async () => {
            await lab.job("timed", "print('now')");
            // Far enough that a slow machine has the local AWS up again by then: what is missed meanwhile is not made up for.
            const due = new Date(Math.ceil((Date.now() + 40_000) / 60_000) * 60_000);
            const minute = `${due.getUTCMinutes()} ${due.getUTCHours()}`;
            const schedule = `cron(${minute} ${due.getUTCDate()} ${due.getUTCMonth() + 1} ? ${due.getUTCFullYear()})`;
            await create({
                Name: "clock",
                Type: "SCHEDULED",
                Schedule: schedule,
                StartOnCreation: true,
                Actions: [{ JobName: "timed" }],
            });
            assert.deepEqual(await runsOf("timed"), []);
            // A schedule is kept over an end of the local AWS.
            await lab.crashAndRestart();
            const [run] = await eventually("the scheduled run", async () => {
                const runs = await runsOf("timed");
                return runs.length === 0 ? undefined : runs;
            });
            const late = run!.StartedOn!.getTime() - due.getTime();
            assert.ok(late >= 0 && late < 60_000, `${late} ms late`);
            assert.equal(run!.TriggerName, "clock");
            await lab.finished("timed", run!.Id ?? "");
        });

        it("after a crawler and a job that a trigger started, once both have succeeded", async () => {
            const { glue } = lab.clients;
            await lab.job("first", "print('first')");
            await lab.job("last", "print('last')");
            await lab.put("raw/events/a.json", '{"id": 1}\n');
            await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
            const Targets = { S3Targets: [{ Path: `s3://${bucket}/raw/events/` }] };
            const crawler = { Name: "raw", Role: "glue", DatabaseName: "lake", Targets };
            await glue.send(new CreateCrawlerCommand(crawler));
            await create({
                Name: "chain",
                Type: "CONDITIONAL",
                StartOnCreation: true,
                Predicate: {
                    Logical: "AND",
                    Conditions: [
                        { CrawlerName: "raw", CrawlState: "SUCCEEDED" },
                        { JobName: "first", State: "SUCCEEDED" },
                    ],
                },
                Actions: [{ JobName: "last" }],
            });

            // By hand: sets nothing off.
            await lab.runToEnd("first");
            await glue.send(new StartCrawlerCommand({ Name: "raw" }));
            await eventually("the end of the crawl", crawlerIsIdle);
            assert.deepEqual(await runsOf("last"), []);

            await create({
                Name: "begin",
                Type: "ON_DEMAND",
                Actions: [{ CrawlerName: "raw" }, { JobName: "first" }],
            });
            await start("begin");
            const [run] = await succeeded("last");
            assert.equal(run?.TriggerName, "chain");
            // Both conditions have to be met anew.
            await onDemand("again", "first");
            await start("again");
            await succeeded("first", 3);
            assert.equal((await runsOf("last")).length, 1);
        });

        it("after a failure, when that is what is waited for", async () => {
            await lab.job("broken", "raise ValueError('no')");
            await lab.job("clean-up", "print('clean')");
            await create({
                Name: "rescue",
                Type: "CONDITIONAL",
                StartOnCreation: true,
                Predicate: { Conditions: [{ JobName: "broken", State: "FAILED" }] },
                Actions: [{ JobName: "clean-up" }],
            });
            await onDemand("break", "broken");
            await start("break");
            const [run] = await succeeded("clean-up");
            assert.equal(run?.TriggerName, "rescue");
        });

        async function crawlerIsIdle(): Promise<true | undefined> {
            const { services } = await lab.aws.health();
            const { running } = services.glue?.crawlers as { running: number };
            return running === 0 ? true : undefined;
        }
    });

    describe("runs that queue", () => {
        it("wait for their turn, in order, and can be stopped meanwhile", async () => {
            const slow = "import time\ntime.sleep(3)";
            await lab.job("queued", slow, { JobRunQueuingEnabled: true });
            const first = await lab.start("queued");
            const second = await lab.start("queued");
            const third = await lab.start("queued");
            assert.equal((await lab.run("queued", second)).JobRunState, "WAITING");
            await lab.clients.glue.send(new BatchStopJobRunCommand({ JobName: "queued", JobRunIds: [second] }));
            assert.equal((await lab.run("queued", second)).JobRunState, "STOPPED");
            const [one, three] = [await lab.finished("queued", first), await lab.finished("queued", third)];
            assert.deepEqual([one.JobRunState, three.JobRunState], ["SUCCEEDED", "SUCCEEDED"]);
            assert.ok(three.StartedOn! >= one.CompletedOn!);
        });
    });
});
