/** Official downloads: asking quickly whether a host answers, and fetching a file. */
import * as fs from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StepError } from "./run.mjs";

/** Where Pulumi publishes its CLI and plugins. */
export const pulumiReleases = "https://get.pulumi.com/releases";

/** How long (ms) a host may take to answer before it counts as blocked. */
const patience = 3_000;

/** Whether the address answers with a file; false within `patience` where downloads are blocked. */
export async function canDownload(address) {
    try {
        const answer = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(patience) });
        return answer.ok && !(answer.headers.get("content-type") ?? "").startsWith("text/html");
    } catch {
        return false;
    }
}

export async function download(step, address, file) {
    try {
        const answer = await fetch(address);
        if (!answer.ok) {
            throw new Error(`it answered ${answer.status}`);
        }
        await pipeline(Readable.fromWeb(answer.body), fs.createWriteStream(file));
    } catch (error) {
        const reason = error.cause?.message ?? error.message;
        throw new StepError(
            `Set-up failed in step "${step.name}" (${step.title}): ${address} could not be fetched: ${reason}. Run it again.`,
        );
    }
}
