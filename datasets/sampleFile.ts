/** A dataset's sample data that are one file, as `lakeworks init` keeps it beside the contract. */
import * as fs from "node:fs";
import * as path from "node:path";
import { noCounts, type GenerateCounts, type GeneratedFile, type SampleGenerator } from "./generator";

export interface SampleFile {
    /** The contract's. */
    readonly arrivalKey: string;
    /** Absolute path of the file. */
    readonly file: string;
    /** Day on which it arrives, YYYY-MM-DD. */
    readonly arrived: string;
    /** What is in it, as the job counts it. */
    readonly counts: Omit<GenerateCounts, "bytes">;
}

/** A generator of that file alone, on the first day; rows, seed and rates change nothing, and later days are empty. */
export function sampleFile({ arrivalKey, file, arrived, counts }: SampleFile): SampleGenerator {
    return async function* generate({ firstDay = 0 } = {}): AsyncGenerator<GeneratedFile> {
        if (firstDay > 0) return;
        const body = await fs.promises.readFile(file);
        const key = `${arrivalKey}=${arrived}/${path.basename(file)}`;
        yield { key, body, counts: { ...noCounts, ...counts, bytes: body.length } };
    };
}
