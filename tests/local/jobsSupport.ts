/** A local AWS with one bucket, and jobs on it, for the tests of Glue jobs. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
    CreateJobCommand,
    GetJobRunCommand,
    StartJobRunCommand,
    type CreateJobRequest,
    type JobRun,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { clientsOf } from "../../local/context";
import { startLocal, type LocalAws } from "../../local/control";

export const bucket = "jobs-test";
const pollMs = 200;
const patienceMs = 240_000;

export class JobsLab {
    private constructor(
        readonly stateDir: string,
        public aws: LocalAws,
        public clients: ReturnType<typeof clientsOf>,
    ) {}

    static async start(): Promise<JobsLab> {
        const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-jobs-"));
        const aws = await startLocal({ stateDir, port: 0, detached: false });
        const lab = new JobsLab(stateDir, aws, clientsOf(aws));
        await lab.clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        return lab;
    }

    /** Kills the local AWS as a crash would, and starts it again on the same state. */
    async crashAndRestart(): Promise<void> {
        process.kill(this.aws.pid, "SIGKILL");
        this.aws = await startLocal({ stateDir: this.stateDir, port: 0, detached: false });
        this.clients = clientsOf(this.aws);
    }

    async stop(): Promise<void> {
        await this.aws.stop();
        fs.rmSync(this.stateDir, { recursive: true, force: true });
    }

    async put(key: string, body: string): Promise<string> {
        await this.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
        return `s3://${bucket}/${key}`;
    }

    /** The text of an object, once it is there. */
    async text(key: string): Promise<string> {
        return eventually(`s3://${bucket}/${key}`, async () => {
            const answer = await this.clients.s3
                .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
                .catch((error: Error) => {
                    if (error.name === "NoSuchKey") return undefined;
                    throw error;
                });
            return answer?.Body?.transformToString();
        });
    }

    /** Uploads the script and makes a job of it. */
    async job(name: string, script: string, more: Partial<CreateJobRequest> = {}): Promise<string> {
        const location = await this.put(`scripts/${name}.py`, script);
        await this.clients.glue.send(
            new CreateJobCommand({
                Name: name,
                Role: "arn:aws:iam::000000000000:role/glue",
                Command: { Name: "glueetl", ScriptLocation: location, PythonVersion: "3" },
                GlueVersion: "5.1",
                WorkerType: "G.1X",
                NumberOfWorkers: 2,
                ...more,
            }),
        );
        return name;
    }

    async start(jobName: string, runArguments: Record<string, string> = {}): Promise<string> {
        const answer = await this.clients.glue.send(
            new StartJobRunCommand({ JobName: jobName, Arguments: runArguments }),
        );
        return answer.JobRunId ?? "";
    }

    async run(jobName: string, runId: string): Promise<JobRun> {
        const answer = await this.clients.glue.send(new GetJobRunCommand({ JobName: jobName, RunId: runId }));
        return answer.JobRun ?? {};
    }

    async finished(jobName: string, runId: string): Promise<JobRun> {
        return eventually(`the end of ${runId}`, async () => {
            const run = await this.run(jobName, runId);
            return run.CompletedOn === undefined ? undefined : run;
        });
    }

    async runToEnd(jobName: string, runArguments: Record<string, string> = {}): Promise<JobRun> {
        return this.finished(jobName, await this.start(jobName, runArguments));
    }

    async logLines(group: string, stream: string): Promise<string[]> {
        const answer = await this.clients.logs.send(
            new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, startFromHead: true }),
        );
        return (answer.events ?? []).map((event) => event.message ?? "");
    }

    /** The Python processes that carry runs now. */
    async driverPids(): Promise<number[]> {
        const { services } = await this.aws.health();
        const jobs = services.glue?.jobs as { runningDrivers: number[] };
        return jobs.runningDrivers;
    }
}

/** Ids of all processes whose ancestor is the given one. */
export function descendants(pid: number): number[] {
    const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
    const rows = table
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
    const found: number[] = [];
    for (let parents = [pid]; parents.length > 0;) {
        parents = rows.filter(([, parent]) => parents.includes(parent)).map(([child]) => child);
        found.push(...parents);
    }
    return found;
}

/** The JVM of a driver. */
export function jvmOf(driverPid: number): number {
    const java = descendants(driverPid).find((pid) => commandOf(pid).includes("java"));
    if (java === undefined) throw new Error(`No JVM under process ${driverPid}`);
    return java;
}

export function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return !commandOf(pid).includes("<defunct>");
    } catch {
        return false;
    }
}

function commandOf(pid: number): string {
    try {
        return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
    } catch {
        return "";
    }
}

/** Polls until there is a value. @throws after four minutes, naming what was awaited */
export async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
        const value = await look();
        if (value !== undefined) return value;
        if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
        await delay(pollMs);
    }
}
