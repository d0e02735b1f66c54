/** Job definitions and bookmarks as the API shows them. */
import assert from "node:assert/strict";
import {
    BatchGetJobsCommand,
    CreateJobCommand,
    DeleteJobCommand,
    GetJobBookmarkCommand,
    GetJobCommand,
    GetJobRunsCommand,
    GetTagsCommand,
    ListJobsCommand,
    ResetJobBookmarkCommand,
    UpdateJobCommand,
    type CreateJobRequest,
} from "@aws-sdk/client-glue";
import { bucket, JobsLab } from "./jobsSupport";

describe("Glue job definitions and bookmarks", function () {
    this.timeout(300_000);
    let lab: JobsLab;

    before(async () => {
        lab = await JobsLab.start();
        await lab.aws.warm();
    });

    after(async () => lab.stop());

    const full: CreateJobRequest = {
        Name: "full",
        Description: "all members",
        Role: "arn:aws:iam::000000000000:role/glue",
        Command: { Name: "glueetl", ScriptLocation: "s3://b/x.py", PythonVersion: "3" },
        DefaultArguments: { "--a": "1", "--job-bookmark-option": "job-bookmark-enable" },
        NonOverridableArguments: { "--b": "2" },
        Connections: { Connections: ["vpc"] },
        ExecutionProperty: { MaxConcurrentRuns: 3 },
        NotificationProperty: { NotifyDelayAfter: 5 },
        MaxRetries: 1,
        Timeout: 60,
        GlueVersion: "5.1",
        WorkerType: "G.2X",
        NumberOfWorkers: 4,
        ExecutionClass: "FLEX",
        MaintenanceWindow: "Sun:1",
        LogUri: "s3://b/logs/",
        JobRunQueuingEnabled: false,
    };

    it("gives back every member that was given", async () => {
        const { glue } = lab.clients;
        await glue.send(new CreateJobCommand({ ...full, Tags: { team: "sales" } }));
        const { Job: job } = await glue.send(new GetJobCommand({ JobName: "full" }));
        const { CreatedOn: created, LastModifiedOn: _modified, ...members } = job ?? {};
        assert.deepEqual(members, { ...full, JobMode: "SCRIPT", MaxCapacity: 8, AllocatedCapacity: 8 });
        assert.ok(created instanceof Date);
        const arn = "arn:aws:glue:us-east-1:000000000000:job/full";
        assert.deepEqual((await glue.send(new GetTagsCommand({ ResourceArn: arn }))).Tags, { team: "sales" });
    });

    it("takes the same creation twice and refuses another one of the name", async () => {
        const { glue } = lab.clients;
        assert.equal((await glue.send(new CreateJobCommand(full))).Name, "full");
        await assert.rejects(glue.send(new CreateJobCommand({ ...full, MaxRetries: 2 })), {
            name: "IdempotentParameterMismatchException",
        });
    });

    it("replaces the whole definition on update", async () => {
        const { glue } = lab.clients;
        const update = { Role: full.Role, Command: full.Command, MaxCapacity: 4 };
        await glue.send(new UpdateJobCommand({ JobName: "full", JobUpdate: update }));
        const { Job: job } = await glue.send(new GetJobCommand({ JobName: "full" }));
        assert.equal(job?.Description, undefined);
        assert.equal(job?.DefaultArguments, undefined);
        assert.deepEqual([job?.WorkerType, job?.NumberOfWorkers, job?.MaxCapacity], ["G.1X", 4, 4]);
        assert.equal(job?.Timeout, 480);
        assert.equal(job?.ExecutionProperty?.MaxConcurrentRuns, 1);
    });

    it("refuses what AWS refuses", async () => {
        const refused = (more: Partial<CreateJobRequest>, message: RegExp) =>
            assert.rejects(lab.clients.glue.send(new CreateJobCommand({ ...full, Name: "wrong", ...more })), message);
        await refused({ MaxCapacity: 4 }, /do not set Max Capacity/);
        await refused({ NumberOfWorkers: 1 }, /below the minimum of 2/);
        await refused({ WorkerType: "G.3X" as never }, /worker type G\.3X/);
        await refused({ MaxRetries: 11 }, /MaxRetries is 11/);
        await refused({ Command: { Name: "pythonshell", ScriptLocation: "s3://b/x.py" } }, /glueetl/);
        await refused({ SecurityConfiguration: "none" }, { name: "EntityNotFoundException" } as never);
    });

    it("lists by tag and page, and forgets what is deleted", async () => {
        const { glue } = lab.clients;
        await lab.job("other", "pass\n");
        const tagged = await glue.send(new ListJobsCommand({ Tags: { team: "sales" } }));
        assert.deepEqual(tagged.JobNames, ["full"]);
        const first = await glue.send(new ListJobsCommand({ MaxResults: 1 }));
        const second = await glue.send(new ListJobsCommand({ MaxResults: 1, NextToken: first.NextToken }));
        assert.deepEqual([first.JobNames, second.JobNames, second.NextToken], [["full"], ["other"], undefined]);
        await glue.send(new DeleteJobCommand({ JobName: "full" }));
        await glue.send(new DeleteJobCommand({ JobName: "full" }));
        await assert.rejects(glue.send(new GetJobCommand({ JobName: "full" })), { name: "EntityNotFoundException" });
        await assert.rejects(glue.send(new GetJobRunsCommand({ JobName: "full" })), {
            name: "EntityNotFoundException",
        });
        const batch = await glue.send(new BatchGetJobsCommand({ JobNames: ["full", "other"] }));
        assert.deepEqual([batch.Jobs?.map((job) => job.Name), batch.JobsNotFound], [["other"], ["full"]]);
    });

    describe("bookmarks", () => {
        const script = `
import sys, boto3
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
args = getResolvedOptions(sys.argv, ["JOB_NAME", "JOB_RUN_ID", "then"])
glue = GlueContext(SparkContext.getOrCreate())
job = Job(glue)
job.init(args["JOB_NAME"], args)
frame = glue.create_dynamic_frame.from_options(
    connection_type="s3",
    connection_options={"paths": ["s3://${bucket}/raw/"], "recurse": True},
    format="csv",
    format_options={"separator": "\\x01", "quoteChar": "-1", "attachFilename": "source_object"},
    transformation_ctx="bronze",
).toDF()
lines = sorted(row["col0"] + " " + row["source_object"] for row in frame.collect()) if frame.columns else []
boto3.client("s3").put_object(Bucket="${bucket}", Key="seen/" + args["JOB_RUN_ID"], Body="\\n".join(lines).encode())
if args["then"] != "fail-before":
    job.commit()
if args["then"].startswith("fail"):
    raise RuntimeError(args["then"])
`;
        const name = "incremental";
        const runs: string[] = [];

        async function run(then: string): Promise<string[]> {
            const done = await lab.runToEnd(name, { "--then": then });
            assert.equal(done.JobRunState, then === "end" ? "SUCCEEDED" : "FAILED", done.ErrorMessage);
            runs.push(done.Id ?? "");
            return (await lab.text(`seen/${done.Id}`)).split("\n").filter((line) => line !== "");
        }

        const seen = (day: number, line: string) => `${line} s3://${bucket}/raw/ingest_date=2024-01-0${day}/part.jsonl`;
        const deliver = (day: number, line: string) =>
            lab.put(`raw/ingest_date=2024-01-0${day}/part.jsonl`, `${line}\n`);
        const bookmark = async (runId?: string) => {
            const answer = await lab.clients.glue.send(new GetJobBookmarkCommand({ JobName: name, RunId: runId }));
            return answer.JobBookmarkEntry;
        };

        it("advance at the commit, also when the script fails after it", async () => {
            await lab.job(name, script, { DefaultArguments: { "--job-bookmark-option": "job-bookmark-enable" } });
            await assert.rejects(bookmark(), { name: "EntityNotFoundException" });
            await deliver(1, "one");
            assert.deepEqual(await run("fail-before"), [seen(1, "one")]);
            await assert.rejects(bookmark(), { name: "EntityNotFoundException" });
            assert.deepEqual(await run("fail-after"), [seen(1, "one")]);
            assert.equal((await bookmark())?.RunId, runs[1]);
            await deliver(2, "two");
            assert.deepEqual(await run("end"), [seen(2, "two")]);
            assert.deepEqual(await run("end"), []);
            const entry = await bookmark();
            assert.deepEqual([entry?.Version, entry?.Run, entry?.PreviousRunId], [1, 3, runs[2]]);
            assert.match(entry?.JobBookmark ?? "", /"bronze".*"CURR_RUN_START_TIME"/);
        });

        it("go back to a run, and to nothing", async () => {
            const { glue } = lab.clients;
            await glue.send(new ResetJobBookmarkCommand({ JobName: name, RunId: runs[1] }));
            assert.deepEqual(await run("end"), [seen(2, "two")]);
            const reset = await glue.send(new ResetJobBookmarkCommand({ JobName: name }));
            assert.deepEqual([reset.JobBookmarkEntry?.Version, reset.JobBookmarkEntry?.Run], [3, 0]);
            assert.deepEqual(await run("end"), [seen(1, "one"), seen(2, "two")]);
        });
    });
});
