/** One Spark driver: the Python process of local/spark/runner.py and its JVM, for one run. */
import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as readline from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Credentials } from "../../calls";
import { clientEnvironment, type LocalContext } from "../../context";
import { projectRoot } from "../../../tools/toolchain";

/** What runner.py reads from its stdin; the names are Python's there. */
export interface RunSpec {
    readonly jobName: string;
    readonly runId: string;
    /** Epoch milliseconds: the bookmark's upper edge. */
    readonly startedMs: number;
    readonly script: string;
    readonly arguments: Record<string, string>;
    readonly bookmark: Record<string, unknown>;
    readonly bookmarkFile: string;
}

export interface DriverEnd {
    readonly ok: boolean;
    /** Why it failed; empty for a success. */
    readonly message: string;
}

/** Heap of the JVM in MiB: every Glue worker has more, so the machine is the bound. */
function heapMiB(): number {
    return Math.round(Math.min(2048, Math.max(1024, os.totalmem() / 2 ** 20 / 6)));
}

/**
 * Runs detached, as a process group of its own, so that it can be killed whole; it ends by itself when this process
 * dies, since its stdin then closes.
 */
export class Driver {
    readonly stdout: string;
    readonly stderr: string;
    /** Settles when Spark is warm, or the process is gone. */
    readonly ready: Promise<void>;
    /** Settles when the script runs, or the process is gone. */
    readonly started: Promise<boolean>;
    /** Settles once, when the run is over or the process is gone. */
    readonly ended: Promise<DriverEnd>;
    /** Called with the detail of each event of data quality that the script's run is to tell. */
    onQuality: (detail: object) => void = () => undefined;
    /** What the driver signs by; nobody's until the run's role gets them. */
    readonly credentials: Credentials;
    private readonly child: ChildProcess;
    private gone = false;

    constructor(
        context: LocalContext,
        private readonly dir: string,
        readonly primed: boolean,
    ) {
        this.credentials = context.calls.newCredentials();
        const work = path.join(dir, "work");
        fs.mkdirSync(work, { recursive: true });
        this.stdout = path.join(dir, "stdout.log");
        this.stderr = path.join(dir, "stderr.log");
        const files = [this.stdout, this.stderr].map((file) => fs.openSync(file, "a"));
        const runner = path.join(projectRoot, "local", "spark", "runner.py");
        const launch = launchSettings(context, work, this.credentials);
        this.child = spawn(context.toolchain.python, [runner, JSON.stringify(launch), ...(primed ? ["--prime"] : [])], {
            cwd: work,
            env: environment(context, work, this.credentials),
            stdio: ["pipe", ...files, "pipe"],
            detached: true,
        });
        for (const file of files) fs.closeSync(file);
        // A driver that is gone answers by its exit, not by a broken pipe.
        this.child.stdin?.on("error", () => undefined);
        const events = readline.createInterface({ input: this.child.stdio[3] as Readable });
        events.on("line", (line) => {
            const { event, detail } = JSON.parse(line) as { event: string; detail: object };
            if (event === "quality") this.onQuality(detail);
        });
        const exit = new Promise<string>((resolve) => {
            this.child.once("error", (error) => resolve(`could not be started: ${error.message}`));
            this.child.once("exit", (code, signal) => {
                resolve(signal === null ? `ended with exit code ${code}` : `was killed by signal ${signal}`);
            });
        });
        const drained = new Promise<void>((resolve) => events.once("close", resolve));
        const told = (wanted: string) =>
            new Promise<Record<string, unknown>>((resolve) => {
                events.on("line", (line) => {
                    const event = JSON.parse(line) as Record<string, unknown>;
                    if (event.event === wanted) resolve(event);
                });
            });
        const left = exit.then(async (how) => {
            await drained;
            this.gone = true;
            return how;
        });
        this.ready = Promise.race([told("ready"), left]).then(() => undefined);
        this.started = Promise.race([told("started").then(() => true), left.then(() => false)]);
        this.ended = Promise.race([
            told("ended").then((event) => ({ ok: event.ok === true, message: String(event.message) })),
            left.then((how) => ({ ok: false, message: `The Spark driver process ${how} while the job was running.` })),
        ]);
    }

    get alive(): boolean {
        return !this.gone && this.child.exitCode === null && this.child.signalCode === null;
    }

    get pid(): number | undefined {
        return this.child.pid;
    }

    /** Hands the run over; a driver that is still warming up takes it as soon as it is ready. */
    run(spec: RunSpec): void {
        (this.child.stdin as Writable).write(`${JSON.stringify(spec)}\n`);
    }

    /** Ends Python, JVM and all that they started, and removes the driver's files. */
    async kill(): Promise<void> {
        if (this.child.pid !== undefined && !this.gone) {
            try {
                process.kill(-this.child.pid, "SIGKILL");
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
            }
        }
        await this.ended;
        await fs.promises.rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
    }
}

function launchSettings(context: LocalContext, work: string, credentials: Credentials): object {
    return {
        endpoint: context.endpoint,
        access_key: credentials.accessKeyId,
        secret_key: credentials.secretAccessKey,
        jars: context.toolchain.sparkJars,
        iceberg_jars: context.toolchain.icebergJars,
        work,
        memory_mib: heapMiB(),
        cores: os.availableParallelism(),
    };
}

/** Only what is meant: a profile, a proxy or a PYTHONPATH of the user's shell must not leak into runs. */
function environment(context: LocalContext, work: string, credentials: Credentials): NodeJS.ProcessEnv {
    const foreign = /^(AWS_|SPARK_|PYSPARK_|PYTHON|HADOOP_|JAVA_|JDK_)|_proxy$/i;
    const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    return {
        ...Object.fromEntries(kept),
        ...clientEnvironment(context, credentials),
        JAVA_HOME: context.toolchain.java17,
        PYSPARK_PYTHON: context.toolchain.python,
        PYTHONUNBUFFERED: "1",
        PYTHONDONTWRITEBYTECODE: "1",
        SPARK_LOCAL_IP: "127.0.0.1",
        TMPDIR: work,
        // Glue's containers run in UTC.
        TZ: "UTC",
    };
}
