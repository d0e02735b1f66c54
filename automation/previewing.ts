/** The preview of a stack as a review: what `lakeworks preview` shows, and writes for a pull request. */
import * as fs from "node:fs";
import * as path from "node:path";
import { datasets } from "../datasets";
import { rules } from "../policies/rules";
import { projectRoot } from "../tools/toolchain";
import { compareCosts } from "./cost/difference";
import { estimate } from "./cost/estimate";
import { loadVolumes, type Volumes } from "./cost/volumes";
import { readPolicyConfig } from "./policyConfig";
import { declaredIn } from "./review/declared";
import { stepsOf, type ResourceStep } from "./review/engineSteps";
import { markdownReport } from "./review/markdown";
import { reviewOf, type CostOfChange, type Review } from "./review/review";
import { sarifReport } from "./review/sarif";
import type { Session } from "./session";

export interface PreviewOptions {
    /** @default policy-config.json of the repository, where there is one */
    readonly policyConfig?: string;
    /** @default volumes.json of the repository */
    readonly volumes?: string;
    readonly refresh?: boolean;
}

/** Runs the preview. Whatever the engine ends with is in the review. */
export async function previewStep(session: Session, options: PreviewOptions): Promise<Review> {
    const { stackName } = session;
    // Faults of the files are told before anything takes time.
    const config = readPolicyConfig(options.policyConfig, rules);
    const volumes = loadVolumes(
        stackName,
        datasets.map(({ contract }) => contract.name),
        options.volumes,
    );
    const previewed = await session.progress.stage(`pulumi preview, stack ${stackName}`, async (stage) =>
        (await session.stack()).preview(stage, { policyConfig: config?.file, refresh: options.refresh }),
    );
    const steps = stepsOf(previewed.events);
    return reviewOf({
        stack: stackName,
        when: new Date(),
        programVersion: programVersion(),
        ...previewed,
        steps,
        rules,
        exceptions: config?.exceptions ?? [],
        // After an error the program may not have come to its last resource: a sum would be too small.
        cost: previewed.errors.length > 0 ? undefined : costOf(steps, volumes),
    });
}

/** Where the review is written, beside the terminal. */
export interface ReportFiles {
    readonly markdown?: string;
    readonly sarif?: string;
    readonly jsonFile?: string;
}

export function writeReports(review: Review, { markdown, sarif, jsonFile }: ReportFiles): void {
    if (markdown !== undefined) write(markdown, markdownReport(review));
    if (sarif !== undefined) write(sarif, json(sarifReport(review)));
    if (jsonFile !== undefined) write(jsonFile, json(review));
}

function costOf(steps: readonly ResourceStep[], volumes: Volumes): CostOfChange {
    const { before, after } = declaredIn(steps);
    const now = estimate(after, volumes);
    const { notPriced, region, asOf } = now;
    return { ...compareCosts(estimate(before, volumes), now), notPriced, region, asOf };
}

function programVersion(): string {
    const file = fs.readFileSync(path.join(projectRoot, "package.json"), "utf8");
    return (JSON.parse(file) as { version: string }).version;
}

function json(value: unknown): string {
    return `${JSON.stringify(value, undefined, 2)}\n`;
}

function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    fs.writeFileSync(file, text);
}
