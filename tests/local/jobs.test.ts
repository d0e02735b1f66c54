/** Job runs on the local AWS, driven by the AWS SDK: scripts on real Spark, and every way in which a run can end. */
import assert from "node:assert/strict";
import { BatchStopJobRunCommand, GetJobRunsCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import { bucket, descendants, eventually, isRunning, JobsLab, jvmOf } from "./jobsSupport";

/** Tells through S3 that it runs, then waits. */
const waiting = `
import sys, time, boto3
from awsglue.utils import getResolvedOptions
args = getResolvedOptions(sys.argv, ["JOB_RUN_ID"])
boto3.client("s3").put_object(Bucket="${bucket}", Key="markers/" + args["JOB_RUN_ID"], Body=b"on")
time.sleep(600)
`;

/** The same, but waiting in Spark. */
const computing = waiting.replace(
    "time.sleep(600)",
    `
from pyspark.context import SparkContext
from awsglue.context import GlueContext
spark = GlueContext(SparkContext.getOrCreate()).spark_session
boto3.client("s3").put_object(Bucket="${bucket}", Key="spark/" + args["JOB_RUN_ID"], Body=b"on")
spark.range(10 ** 13).selectExpr("sum(hash(id))").collect()
`,
);

describe("Glue job runs", function () {
    this.timeout(300_000);
    let lab: JobsLab;
    let timeoutRun: string;

    before(async () => {
        lab = await JobsLab.start();
        // Its minute passes while the other tests run.
        await lab.job("slow", waiting, { Timeout: 1, MaxRetries: 1 });
        timeoutRun = await lab.start("slow");
    });

    after(async () => lab.stop());

    it("runs the script on Spark with its arguments and keeps its logs", async () => {
        const script = `
import json, sys, boto3
from awsglue.utils import getResolvedOptions
from awsglue.context import GlueContext
from awsglue.job import Job
from pyspark.context import SparkContext
import helper
args = getResolvedOptions(sys.argv, ["JOB_NAME", "day", "fixed"])
glue = GlueContext(SparkContext())
job = Job(glue)
job.init(args["JOB_NAME"], args)
glue.spark_session.range(10).selectExpr("id", "id % 2 parity").write.partitionBy("parity").parquet("s3://${bucket}/out/")
double = glue.spark_session.sparkContext.parallelize([1, 2]).map(lambda n: helper.double(n)).collect()
print(json.dumps({"args": args, "double": double, "version": glue.spark_session.version}))
print("complaint", file=sys.stderr)
job.commit()
`;
        const library = await lab.put("lib/helper.py", "def double(n):\n    return n * 2\n");
        const name = await lab.job("good", script, {
            DefaultArguments: { "--day": "1", "--extra-py-files": library, "--enable-metrics": "true" },
            NonOverridableArguments: { "--fixed": "yes" },
        });
        const run = await lab.runToEnd(name, { "--day": "2", "--fixed": "no" });
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
        assert.equal(run.Attempt, 0);
        assert.deepEqual(run.Arguments, { "--day": "2", "--fixed": "no" });
        assert.ok(run.ExecutionTime !== undefined && run.ExecutionTime > 0);
        assert.equal(run.DPUSeconds, run.ExecutionTime * 2);
        assert.equal(run.MaxCapacity, 2);
        assert.equal(run.LogGroupName, "/aws-glue/jobs");
        const output = await lab.logLines("/aws-glue/jobs/output", run.Id ?? "");
        const said = JSON.parse(output.at(-1) ?? "") as {
            args: Record<string, string>;
            double: number[];
            version: string;
        };
        assert.equal(said.args.JOB_NAME, "good");
        assert.equal(said.args.JOB_RUN_ID, run.Id);
        assert.equal(said.args.day, "2");
        assert.equal(said.args.fixed, "yes");
        assert.deepEqual(said.double, [2, 4]);
        assert.match(said.version, /^3\.5\./);
        assert.ok((await lab.logLines("/aws-glue/jobs/error", run.Id ?? "")).includes("complaint"));
        assert.ok(
            (await lab.text("out/_SUCCESS")).includes("magic"),
            "the files were committed by the magic committer",
        );
    });

    it("fails with the script's line and exception", async () => {
        const run = await lab.runToEnd(await lab.job("bad", "x = 1\nraise ValueError('no such day')\n"));
        assert.equal(run.JobRunState, "FAILED");
        assert.equal(
            run.ErrorMessage,
            "Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 2; ValueError: no such day",
        );
        const log = await lab.logLines("/aws-glue/jobs/error", run.Id ?? "");
        assert.ok(log.includes("ValueError: no such day"));
    });

    it("fails on a script that is not Python, or ends itself", async () => {
        const syntax = await lab.runToEnd(await lab.job("syntax", "x = (\n"));
        assert.match(syntax.ErrorMessage ?? "", /^Error Category: SYNTAX_ERROR; Failed Line Number: 1; SyntaxError: /);
        const exit = await lab.runToEnd(await lab.job("exit", "import sys\nsys.exit(3)\n"));
        assert.equal(exit.ErrorMessage, "Error Category: SYSTEM_EXIT_ERROR; Failed Line Number: 2; SystemExit: 3");
        const abrupt = await lab.runToEnd(await lab.job("abrupt", "import os\nos._exit(7)\n"));
        assert.equal(abrupt.JobRunState, "FAILED");
        assert.equal(abrupt.ErrorMessage, "The Spark driver process ended with exit code 7 while the job was running.");
    });

    it("fails when the script or its bucket is not there", async () => {
        const command = { Name: "glueetl", ScriptLocation: `s3://${bucket}/scripts/none.py` };
        const script = await lab.runToEnd(await lab.job("no-script", "pass\n", { Command: command }));
        assert.equal(script.JobRunState, "FAILED");
        assert.match(
            script.ErrorMessage ?? "",
            new RegExp(`^LAUNCH ERROR \\| Error downloading from S3 for bucket: ${bucket}, key: scripts/none.py\\.`),
        );
        const elsewhere = { Name: "glueetl", ScriptLocation: "s3://no-such-bucket/x.py" };
        const missing = await lab.runToEnd(await lab.job("no-bucket", "pass\n", { Command: elsewhere }));
        assert.match(missing.ErrorMessage ?? "", /bucket: no-such-bucket, key: x\.py\..*NoSuchBucket/);
    });

    it("fails when the JVM is killed in the middle of a Spark job, and runs again", async () => {
        const name = await lab.job("killed", computing);
        const before = await lab.driverPids();
        const runId = await lab.start(name);
        await lab.text(`spark/${runId}`);
        const driver = (await lab.driverPids()).find((pid) => !before.includes(pid)) ?? 0;
        const processes = [driver, ...descendants(driver)];
        process.kill(jvmOf(driver), "SIGKILL");
        const run = await lab.finished(name, runId);
        assert.equal(run.JobRunState, "FAILED");
        assert.equal(
            run.ErrorMessage,
            "The Spark driver's JVM was killed by signal 9 (SIGKILL) while the job was running.",
        );
        await eventually("the end of its processes", () => (processes.some(isRunning) ? undefined : true));

        await lab.put("scripts/killed.py", "print('now')\n");
        assert.equal((await lab.runToEnd(name)).JobRunState, "SUCCEEDED");
    });

    it("fails when the driver itself is killed", async () => {
        const name = await lab.job("killed-driver", waiting);
        const before = await lab.driverPids();
        const runId = await lab.start(name);
        await lab.text(`markers/${runId}`);
        const driver = (await lab.driverPids()).find((pid) => !before.includes(pid)) ?? 0;
        const jvm = jvmOf(driver);
        process.kill(driver, "SIGKILL");
        const run = await lab.finished(name, runId);
        assert.equal(
            run.ErrorMessage,
            "The Spark driver process was killed by signal SIGKILL while the job was running.",
        );
        await eventually("the end of its JVM", () => (isRunning(jvm) ? undefined : true));
    });

    it("stops on request", async () => {
        const name = await lab.job("stopped", waiting, { MaxRetries: 2 });
        const runId = await lab.start(name);
        await lab.text(`markers/${runId}`);
        const answer = await lab.clients.glue.send(
            new BatchStopJobRunCommand({ JobName: name, JobRunIds: [runId, "jr_none"] }),
        );
        assert.deepEqual(answer.SuccessfulSubmissions, [{ JobName: name, JobRunId: runId }]);
        assert.equal(answer.Errors?.[0]?.ErrorDetail?.ErrorCode, "EntityNotFoundException");
        assert.equal((await lab.finished(name, runId)).JobRunState, "STOPPED");
        const runs = await lab.clients.glue.send(new GetJobRunsCommand({ JobName: name }));
        assert.equal(runs.JobRuns?.length, 1, "a stopped run is not retried");
    });

    it("refuses a run beyond MaxConcurrentRuns", async () => {
        const name = await lab.job("single", waiting);
        const runId = await lab.start(name);
        await assert.rejects(lab.start(name), { name: "ConcurrentRunsExceededException" });
        await lab.clients.glue.send(new BatchStopJobRunCommand({ JobName: name, JobRunIds: [runId] }));
        assert.equal((await lab.finished(name, runId)).JobRunState, "STOPPED");
    });

    it("refuses what it does not do", async () => {
        const name = await lab.job("asking", "pass\n");
        const ask = (runArguments: Record<string, string>) =>
            lab.clients.glue.send(new StartJobRunCommand({ JobName: name, Arguments: runArguments }));
        await assert.rejects(ask({ "--datalake-formats": "hudi" }), /does not support the job argument --datalake/);
        await assert.rejects(ask({ day: "1" }), /must start with "--"/);
        await lab.job("future", "pass\n", { GlueVersion: "6.0" });
        await assert.rejects(lab.start("future"), /only 5\.0 and 5\.1/);
    });

    it("retries a failed run under a new id", async () => {
        const script = `
import sys
from awsglue.utils import getResolvedOptions
if not getResolvedOptions(sys.argv, ["JOB_RUN_ID"])["JOB_RUN_ID"].endswith("_attempt_1"):
    raise RuntimeError("first time")
`;
        const name = await lab.job("flaky", script, { MaxRetries: 2 });
        const first = await lab.runToEnd(name);
        assert.equal(first.JobRunState, "FAILED");
        const second = await lab.finished(name, `${first.Id}_attempt_1`);
        assert.equal(second.JobRunState, "SUCCEEDED", second.ErrorMessage);
        assert.equal(second.Attempt, 1);
        assert.equal(second.PreviousRunId, first.Id);
    });

    it("honours --conf on a JVM of its own", async () => {
        const script = `
from pyspark.context import SparkContext
conf = SparkContext.getOrCreate().getConf()
assert conf.get("spark.sql.shuffle.partitions") == "3", conf.get("spark.sql.shuffle.partitions")
assert conf.get("spark.driver.memory") == "1200m", conf.get("spark.driver.memory")
`;
        const name = await lab.job("conf", script);
        const conf = "spark.sql.shuffle.partitions=3 --conf spark.driver.memory=1200m";
        const run = await lab.runToEnd(name, { "--conf": conf });
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
    });

    it("times out after the job's limit, without a retry", async () => {
        const run = await lab.finished("slow", timeoutRun);
        assert.equal(run.JobRunState, "TIMEOUT");
        assert.ok(run.ExecutionTime !== undefined && run.ExecutionTime >= 60);
        const runs = await lab.clients.glue.send(new GetJobRunsCommand({ JobName: "slow" }));
        assert.equal(runs.JobRuns?.length, 1);
    });

    it("takes a warm driver, and leaves none behind", async () => {
        await lab.aws.warm();
        const warm = await eventually("a warm driver", async () => {
            const { services } = await lab.aws.health();
            return (services.glue?.jobs as { warmDriver?: number }).warmDriver;
        });
        const name = await lab.job("warm", "import os\nprint(os.getpid())\n");
        const run = await lab.runToEnd(name);
        assert.deepEqual(await lab.logLines("/aws-glue/jobs/output", run.Id ?? ""), [String(warm)]);
        await eventually("its end", () => (isRunning(warm) ? undefined : true));
    });

    it("fails the runs that were under way when the local AWS died", async () => {
        const name = await lab.job("orphan", waiting);
        const runId = await lab.start(name);
        await lab.text(`markers/${runId}`);
        const drivers = await lab.driverPids();
        const processes = drivers.flatMap((pid) => [pid, ...descendants(pid)]);
        assert.ok(processes.length >= 2);
        await lab.crashAndRestart();
        const run = await lab.run(name, runId);
        assert.equal(run.JobRunState, "FAILED");
        assert.equal(run.ErrorMessage, "The local AWS was stopped while the job was running.");
        await eventually("the end of its processes", () => (processes.some(isRunning) ? undefined : true));
    });
});
