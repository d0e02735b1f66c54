/** What the benchmarks of the job work with: sample data in a folder, and Python programs of this one. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { jobContract } from "../../components/jobContract";
import { dataset } from "../../datasets";
import { datasetArgs } from "../../stacks/dataset";
import { loadToolchain } from "../../tools/toolchain";

export const sales = dataset("sales");

export interface Bronze {
    readonly lines: number;
    readonly bytes: number;
}

/** Writes the days' raw files, keeping to those that are asked for. */
export async function generate(
    bronze: string,
    options: {
        rows: number;
        days: number;
        firstDay?: number;
        dayCount?: number;
        lateRate?: number;
        duplicateRate?: number;
    },
): Promise<Bronze> {
    let lines = 0;
    let bytes = 0;
    for await (const file of sales.generate(options)) {
        const target = path.join(bronze, file.key);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, file.body);
        lines += file.counts.lines;
        bytes += file.body.length;
    }
    return { lines, bytes };
}

/** A new folder for one benchmark; gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-bench-"));
    try {
        return await work(folder);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/** Writes the job's contract as the deployed pipeline would; the path. */
export function writeContract(folder: string, changes: object = {}): string {
    const file = path.join(folder, "contract.json");
    fs.writeFileSync(file, JSON.stringify({ ...(JSON.parse(jobContract(datasetArgs(sales))) as object), ...changes }));
    return file;
}

/**
 * Runs a Python program of this folder with the toolchain's Python; the lines of JSON that it printed.
 * @param shown whether what it says on its standard error is shown, as progress.
 */
export async function python<T>(script: string, args: readonly string[], shown = false): Promise<T[]> {
    const child = spawn(loadToolchain().python, [path.join(__dirname, script), ...args], {
        stdio: ["ignore", "pipe", "pipe"],
    });
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => {
        errors.push(chunk);
        if (shown) process.stderr.write(chunk);
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    if (code !== 0) {
        throw new Error(`${script} ended with code ${code}:\n${Buffer.concat(errors).toString().slice(-4000)}`);
    }
    const documents = output.split("\n").filter((line) => line.startsWith("{"));
    return documents.map((line) => JSON.parse(line) as T);
}

/** Parquet files below a folder, with their bytes. */
export function parquetFiles(folder: string): { files: number; partitions: number; bytes: number } {
    const files = fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".parquet"))
        .map((entry) => path.join(entry.parentPath, entry.name));
    const day = (file: string) => /year=\d+\/month=\d+\/day=\d+/.exec(file)?.[0];
    const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
    return { files: files.length, partitions: new Set(files.map(day)).size, bytes };
}

export interface Measured {
    readonly seconds: number;
    readonly heapMiB: number;
}

export interface MeasuredRun extends Measured {
    readonly report: {
        readonly status: string;
        readonly rows: Readonly<Record<string, number>>;
        readonly bytesRead: number;
        readonly bytesScanned: number;
        readonly bytesWritten: number;
        readonly files: number;
        readonly peakMemoryMiB: number;
        readonly stages: readonly { readonly name: string; readonly seconds: number }[];
    };
}
