/** One lake of its own for a test: the real command line in child processes, a home in a temporary folder, a free port. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { GetObjectCommand, S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { findLocal, type LocalAws } from "../../local/control";
import type { LakeOutputs } from "../../components/lakeOutputs";
import { loadToolchain, projectRoot } from "../../tools/toolchain";

export interface Outcome {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

const secretNames = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "GITHUB_TOKEN",
    "PULUMI_ACCESS_TOKEN",
    "DB_PASSWORD",
];

/** A command that has been started; `done` settles when it ends. */
export interface Running {
    readonly child: ChildProcess;
    readonly done: Promise<Outcome>;
}

export class TestLake {
    readonly home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-e2e-"));
    /** In the environment of every command, by the names that secrets have. Nothing may keep it. */
    readonly secret = `secret-${randomUUID()}`;
    private readonly children = new Set<ChildProcess>();
    private removed = false;

    /** Starts the command line. @param program the repository, or an edited copy of it */
    start(args: readonly string[], program = projectRoot): Running {
        const entry = path.join(program, "automation", "bin", "lakeworks.js");
        // Colours are on where CI is set, and would stand between the words that tests look for.
        const secrets = Object.fromEntries(secretNames.map((name) => [name, this.secret]));
        const env = { ...process.env, ...secrets, LAKEWORKS_HOME: this.home, NO_COLOR: "1" };
        return this.spawn(process.execPath, [entry, ...args], env, program);
    }

    /** Runs the command line to its end. */
    run(...args: string[]): Promise<Outcome> {
        return this.start(args).done;
    }

    /** Runs a command that has to succeed. */
    async ok(...args: string[]): Promise<Outcome> {
        const outcome = await this.run(...args);
        assert.equal(outcome.code, 0, `lakeworks ${args.join(" ")}\n${outcome.stdout}\n${outcome.stderr}`);
        return outcome;
    }

    /** Runs a command that has to succeed and prints JSON. */
    async json<T>(...args: string[]): Promise<T> {
        return JSON.parse((await this.ok(...args, "--json")).stdout) as T;
    }

    /** The stock AWS CLI at the lake's endpoint, parsed. */
    async aws<T>(...args: string[]): Promise<T> {
        const outcome = await this.awsRun(...args);
        assert.equal(outcome.code, 0, `aws ${args.join(" ")}\n${outcome.stderr}`);
        return (outcome.stdout.trim() === "" ? {} : JSON.parse(outcome.stdout)) as T;
    }

    async awsRun(...args: string[]): Promise<Outcome> {
        const cli = path.join(path.dirname(loadToolchain().python), "aws");
        const local = await this.local();
        const env = { ...process.env, ...local.env(), AWS_PAGER: "", AWS_CONFIG_FILE: "/dev/null" };
        // Of AWS_ENDPOINT_URL the CLI's old SQS addresses know nothing.
        return this.spawn(cli, [...args, "--output", "json", "--endpoint-url", local.endpoint], env).done;
    }

    async local(): Promise<LocalAws> {
        const local = await findLocal(path.join(this.home, "local"));
        assert.ok(local, "the local AWS runs");
        return local;
    }

    async s3(): Promise<S3Client> {
        const { endpoint, region } = await this.local();
        return new S3Client({ endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    }

    /** The stack's outputs, from the state that Pulumi wrote. */
    outputs(): LakeOutputs {
        const file = path.join(this.home, "pulumi", ".pulumi", "stacks", "lakeworks", "local.json");
        const state = JSON.parse(fs.readFileSync(file, "utf8")) as {
            checkpoint: { latest: { resources: { type: string; outputs: { lake: LakeOutputs } }[] } };
        };
        const stack = state.checkpoint.latest.resources.find((resource) => resource.type === "pulumi:pulumi:Stack");
        return stack!.outputs.lake;
    }

    /** Keys, sizes and times of the objects under a location. */
    async objects(location: string): Promise<{ key: string; size: number; modified: number }[]> {
        const { hostname: Bucket, pathname } = new URL(location);
        const found = [];
        for await (const page of paginateListObjectsV2(
            { client: await this.s3() },
            { Bucket, Prefix: pathname.slice(1) },
        )) {
            for (const { Key, Size, LastModified } of page.Contents ?? []) {
                found.push({ key: Key!, size: Size!, modified: LastModified!.getTime() });
            }
        }
        return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    }

    /** Every line of every object under a location. */
    async lines(location: string): Promise<string[]> {
        const s3 = await this.s3();
        const { hostname: Bucket } = new URL(location);
        const lines: string[] = [];
        for (const { key } of await this.objects(location)) {
            const body = await (await s3.send(new GetObjectCommand({ Bucket, Key: key }))).Body!.transformToString();
            lines.push(...body.trimEnd().split("\n"));
        }
        return lines;
    }

    /** Files of the home that have the text in them: state, logs, reports, objects of the local S3. */
    filesWith(text: string): string[] {
        return fs
            .readdirSync(this.home, { recursive: true, encoding: "utf8" })
            .map((name) => path.join(this.home, name))
            .filter((file) => fs.statSync(file).isFile() && fs.readFileSync(file).includes(text));
    }

    /** Ends whatever is still there and removes the home: for the end of a test, however it went. */
    async remove(): Promise<void> {
        this.removed = true;
        for (const child of this.children) child.kill("SIGKILL");
        await (await findLocal(path.join(this.home, "local")))?.stop();
        fs.rmSync(this.home, { recursive: true, force: true });
    }

    private spawn(file: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = projectRoot): Running {
        // Whatever has not noticed yet that it was interrupted must not bring the local AWS back.
        if (this.removed) throw new Error(`The lake in ${this.home} is gone.`);
        const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        this.children.add(child);
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        const done = new Promise<Outcome>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (code) => {
                this.children.delete(child);
                resolve({ code, stdout, stderr });
            });
        });
        return { child, done };
    }
}

/** Asks until it is true, for at most five minutes: a busy machine is slow. */
export async function eventually(what: string, ask: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 300_000;
    while (!(await ask())) {
        assert.ok(Date.now() < deadline, `within five minutes: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** Command lines of the processes that have a text in their command or environment, from /proc. */
export function processesWith(text: string): string[] {
    const read = (pid: string, file: string) => {
        try {
            return fs.readFileSync(`/proc/${pid}/${file}`, "utf8").replaceAll("\0", " ");
        } catch {
            // It ended between the listing and the reading, or is not ours.
            return "";
        }
    };
    return fs
        .readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
        .filter((pid) => read(pid, "cmdline").includes(text) || read(pid, "environ").includes(text))
        .map((pid) => `${pid} ${read(pid, "cmdline")}`);
}

export function isOpen(endpoint: string): Promise<boolean> {
    const { hostname, port } = new URL(endpoint);
    return new Promise((resolve) => {
        const socket = net.connect(Number(port), hostname);
        socket.once("connect", () => resolve(socket.destroy() && true));
        socket.once("error", () => resolve(false));
    });
}
