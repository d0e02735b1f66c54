/** What an EtlJob runs on, and what starts it. */
import assert from "node:assert/strict";
import { EtlJob, ExecutionClass, WorkerType, type EtlJobArgs } from "../../components";
import { build, faultsOf, ofType, one, type Built } from "./mocks";

const base: EtlJobArgs = { scriptsBucket: "scripts" };

const etl = (args: Partial<EtlJobArgs> = {}) => build(() => new EtlJob("sales", { ...base, ...args }));
const jobOf = (built: Built<unknown>) => one(built, "aws:glue/job:Job", "sales-job").inputs;

async function faults(args: Partial<EtlJobArgs>): Promise<string[]> {
    let found: string[] = [];
    await build(() => (found = faultsOf(() => new EtlJob("sales", { ...base, ...args }))));
    return found;
}

describe("EtlJob's capacity", () => {
    it("is two workers of G.1X, one run at a time, without queue, scaling or notice", async () => {
        const job = jobOf(await etl());
        assert.deepEqual([job.workerType, job.numberOfWorkers, job.executionClass], ["G.1X", 2, "STANDARD"]);
        assert.equal(job.jobRunQueuingEnabled, false);
        assert.equal(job.notificationProperty, undefined);
        assert.equal(job.defaultArguments["--enable-auto-scaling"], undefined);
    });

    it("knows every worker type of a Spark job", async () => {
        const types = Object.values(WorkerType);
        assert.deepEqual(types, ["G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X"]);
        assert.equal(jobOf(await etl({ workerType: WorkerType.R8X })).workerType, "R.8X");
    });

    it("scales by itself up to the number of workers", async () => {
        const job = jobOf(await etl({ autoScaling: true, numberOfWorkers: 20 }));
        assert.equal(job.defaultArguments["--enable-auto-scaling"], "true");
        assert.equal(job.numberOfWorkers, 20);
        const own = await faults({ arguments: { "--enable-auto-scaling": "true" } });
        assert.deepEqual(own, ['arguments["--enable-auto-scaling"]']);
    });

    it("is spare capacity of G.1X and G.2X alone", async () => {
        const flex = (workerType?: WorkerType) => faults({ executionClass: ExecutionClass.Flex, workerType });
        assert.deepEqual([await flex(), await flex(WorkerType.G1X), await flex(WorkerType.G2X)], [[], [], []]);
        assert.deepEqual(await flex(WorkerType.G4X), ["workerType"]);
        assert.deepEqual(await flex(WorkerType.R1X), ["workerType"]);
    });

    it("lets runs queue, which are then not retried", async () => {
        assert.equal(jobOf(await etl({ jobRunQueuing: true })).jobRunQueuingEnabled, true);
        assert.deepEqual(await faults({ jobRunQueuing: true, maxRetries: 1 }), ["maxRetries"]);
    });

    it("gives notice of a run that is late, before it ends by time", async () => {
        const job = jobOf(await etl({ notifyDelayMinutes: 30 }));
        assert.deepEqual(job.notificationProperty, { notifyDelayAfter: 30 });
        assert.deepEqual(await faults({ notifyDelayMinutes: 60 }), ["notifyDelayMinutes"]);
        assert.deepEqual(await faults({ notifyDelayMinutes: 60, timeoutMinutes: 120 }), []);
    });
});

describe("EtlJob's triggers", () => {
    const triggers = (built: Built<unknown>) =>
        ofType(built, "aws:glue/trigger:Trigger").map(({ name, inputs }) => ({ logical: name, ...inputs }));
    it("are none unless asked for", async () => {
        assert.deepEqual(triggers(await etl()), []);
    });

    it("start it by the clock", async () => {
        const [trigger, ...others] = triggers(await etl({ schedule: "cron(0 2 * * ? *)" }));
        assert.deepEqual(trigger?.actions, [{ jobName: "sales" }]);
        assert.deepEqual(others, []);
    });

    it("start it after a crawler, which the clock starts, and after another job", async () => {
        const built = await etl({ schedule: "cron(0 2 * * ? *)", afterCrawler: "raw", afterJob: "orders" });
        const startOnCreation = true;
        const actions = [{ jobName: "sales" }];
        const after = (condition: object) => ({ type: "CONDITIONAL", predicate: { conditions: [condition] } });
        assert.deepEqual(triggers(built), [
            {
                logical: "sales-schedule",
                name: "sales-schedule",
                type: "SCHEDULED",
                schedule: "cron(0 2 * * ? *)",
                actions: [{ crawlerName: "raw" }],
                startOnCreation,
            },
            {
                logical: "sales-after-crawler",
                name: "sales-after-crawler",
                ...after({ crawlerName: "raw", crawlState: "SUCCEEDED" }),
                actions,
                startOnCreation,
            },
            {
                logical: "sales-after-job",
                name: "sales-after-job",
                ...after({ jobName: "orders", state: "SUCCEEDED" }),
                actions,
                startOnCreation,
            },
        ]);
    });
});
