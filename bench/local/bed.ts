/** What the benchmarks of the local AWS work with: one of their own, clients of it, times of calls. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AthenaClient } from "@aws-sdk/client-athena";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { startLocal, type LocalAws } from "../../local/control";

export const bucket = "bench";
export const database = "bench";

export class Bed {
    readonly glue: GlueClient;
    readonly athena: AthenaClient;
    readonly s3: S3Client;

    private constructor(
        private readonly stateDir: string,
        readonly local: LocalAws,
    ) {
        const { endpoint, region, credentials } = local;
        this.glue = new GlueClient({ endpoint, region, credentials });
        this.athena = new AthenaClient({ endpoint, region, credentials });
        this.s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    }

    static async start(): Promise<Bed> {
        const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-bench-"));
        return new Bed(stateDir, await startLocal({ stateDir, port: 0, detached: false }));
    }

    async stop(): Promise<void> {
        await this.local.stop();
        fs.rmSync(this.stateDir, { recursive: true, force: true });
    }
}

/** Seconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
    const begin = performance.now();
    await work();
    return (performance.now() - begin) / 1000;
}

/** Does so many pieces of work, some at once. */
export async function atOnce(total: number, concurrency: number, work: (index: number) => Promise<unknown>) {
    let next = 0;
    const worker = async () => {
        while (next < total) await work(next++);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Seconds → "3.2 ms", as calls take less than a second. */
export function milliseconds(value: number): string {
    return `${(1000 * value).toFixed(1)} ms`;
}
