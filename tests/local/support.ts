/** A local AWS of a test file's own: started in a folder of its own on a free port, taken down with all it made. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { startLocal, type LocalAws } from "../../local/control";
import { localCredentials } from "../../local/context";
import { loadToolchain } from "../../tools/toolchain";

export interface CliResult {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

export class TestLocal {
    private constructor(
        readonly stateDir: string,
        public local: LocalAws,
    ) {}

    static async start(): Promise<TestLocal> {
        const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-test-"));
        return new TestLocal(stateDir, await startLocal({ stateDir, port: 0, detached: false }));
    }

    /** Stops it and starts it again on the same state. */
    async restart(): Promise<void> {
        await this.local.stop();
        this.local = await startLocal({ stateDir: this.stateDir, port: 0, detached: false });
    }

    async stop(): Promise<void> {
        await this.local.stop();
        fs.rmSync(this.stateDir, { recursive: true, force: true });
    }

    get s3(): S3Client {
        return new S3Client({ ...this.clientSettings(), forcePathStyle: true });
    }

    get glue(): GlueClient {
        return new GlueClient(this.clientSettings());
    }

    get logs(): CloudWatchLogsClient {
        return new CloudWatchLogsClient(this.clientSettings());
    }

    /** Runs the stock AWS CLI; a failing command is a result, not an error. */
    cli(...args: string[]): Promise<CliResult> {
        return this.cliWith({}, ...args);
    }

    /** The same with another environment, such as another account's keys. */
    cliWith(own: Readonly<Record<string, string>>, ...args: string[]): Promise<CliResult> {
        const aws = path.join(path.dirname(loadToolchain().python), "aws");
        const env = { PATH: process.env.PATH, HOME: this.stateDir, ...this.local.env(), ...own };
        return new Promise((resolve) => {
            execFile(aws, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
                resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
            });
        });
    }

    /** Runs the stock AWS CLI and parses its answer. @throws when it fails. */
    async cliJson<T>(...args: string[]): Promise<T> {
        const { code, stdout, stderr } = await this.cli(...args, "--output", "json");
        if (code !== 0) throw new Error(`aws ${args.join(" ")}: ${stderr}`);
        return JSON.parse(stdout === "" ? "{}" : stdout) as T;
    }

    private clientSettings() {
        return { endpoint: this.local.endpoint, region: this.local.region, credentials: localCredentials };
    }
}

/** The name of the error that a call ends with. @throws when it does not fail. */
export async function errorName(call: Promise<unknown>): Promise<string> {
    try {
        await call;
    } catch (error) {
        return (error as Error).name;
    }
    throw new Error("the call was expected to fail");
}
