/** The steps of the pipeline, each shown as one stage: `run` takes all of them, every other command one. */
import type { JobRun } from "@aws-sdk/client-glue";
import { crawl, describeCrawl, type CrawlResult } from "./crawling";
import { describeChanges, describeViolation } from "./engineEvents";
import { StepFailure } from "./errors";
import { bytes, count, plural } from "./format";
import { RunFailure, runJob } from "./jobRun";
import { bucketStore, parseLocation } from "./objects";
import { readPolicyConfig } from "./policyConfig";
import { exceptionText } from "./review/words";
import { errorText, findRunReport, readRunReport, summarize, type RunReport } from "./runReport";
import { seed, type SeedRequest, type SeedResult } from "./seeding";
import type { LakeDataset, Session } from "./session";
import type { ChangeResult } from "./stack";

export interface UpOptions {
    /** @default policy-config.json of the repository, where there is one */
    readonly policyConfig?: string;
}

/** Deploys, and tells what the program and the policies have to say. */
export async function upStep(session: Session, options: UpOptions): Promise<ChangeResult> {
    // Loaded only where it is needed: the rules bring the grammars of SQL, which would slow down every command's start.
    const { rules } = await import("../policies/rules");
    const config = readPolicyConfig(options.policyConfig, rules);
    const result = await session.progress.stage(
        `pulumi up, stack ${session.stackName}`,
        async (stage) => (await session.stack()).up(stage, config?.file),
        ({ changes }) => describeChanges(changes),
    );
    for (const warning of result.warnings) session.progress.note(`Warning: ${warning}`);
    for (const exception of config?.exceptions ?? []) session.progress.note(`Exception: ${exceptionText(exception)}`);
    for (const violation of result.violations) session.progress.note(describeViolation(violation));
    return result;
}

export async function seedStep(
    session: Session,
    lake: LakeDataset,
    request: Omit<SeedRequest, "signal" | "onProgress">,
): Promise<SeedResult> {
    const { bucket, prefix } = parseLocation(lake.of.rawLocation);
    return session.progress.stage(
        `Seed ${lake.dataset.contract.name}`,
        (stage) =>
            seed(bucketStore(lake.clients.s3, bucket), lake.dataset, prefix, {
                ...request,
                signal: session.signal,
                onProgress: (objects, counts) =>
                    stage.update(`${plural(objects, "object")}, ${count(counts.lines)} lines`),
            }),
        ({ counts, objects, uploaded }) => {
            const dirt = `${count(counts.bad)} bad, ${count(counts.duplicates)} duplicates, ${count(counts.late)} late`;
            const unchanged =
                uploaded.objects === objects ? "" : `; ${plural(objects - uploaded.objects, "object")} unchanged`;
            return `${count(counts.lines)} lines (${dirt}), ${bytes(counts.bytes)} in ${plural(objects, "object")}${unchanged}`;
        },
    );
}

export type Zone = "bronze" | "silver";

/** Athena has no SerDe for XML (https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html): its raw table could not be read. */
export async function crawlStep(session: Session, lake: LakeDataset, zone: Zone): Promise<CrawlResult> {
    if (zone === "bronze" && lake.dataset.contract.raw.format === "xml") {
        const skipped = `Bronze of ${lake.dataset.contract.name} is not crawled: Athena cannot read XML; the job reads the objects themselves.`;
        session.progress.note(skipped);
        return { crawler: lake.of.rawCrawler, tablesCreated: 0, tablesUpdated: 0, skipped, partitions: {} };
    }
    const [crawler, table] =
        zone === "bronze"
            ? [lake.of.rawCrawler, lake.of.rawTable]
            : [lake.of.processedCrawler, `${lake.of.table}_quarantine`];
    return session.progress.stage(
        `Crawl ${zone}, ${lake.dataset.contract.name}`,
        (stage) => crawl(lake.clients, crawler, lake.of.database, stage, session.signal),
        (result) => describeCrawl(result, table),
    );
}

export interface EtlResult {
    readonly run: JobRun;
    readonly report: RunReport;
}

/**
 * @param jobArguments over the job's own, `--mode` and its days
 * @throws StepFailure with what the report of a failed run tells
 */
export async function etlStep(
    session: Session,
    lake: LakeDataset,
    jobArguments: Readonly<Record<string, string>> = {},
): Promise<EtlResult> {
    return session.progress.stage(
        `Glue job ${lake.of.job}`,
        async (stage) => {
            const run = await runJob(lake.clients, lake.of.job, stage, session.signal, jobArguments).catch(
                (error: unknown) => explained(lake, error),
            );
            return { run, report: await readRunReport(lake.clients.s3, lake.of.reportsLocation, run.Id!) };
        },
        ({ report }) => summarize(report),
    );
}

/** Brings sample data and takes it through the pipeline: afterwards the dataset's tables answer. */
export async function fillLake(
    session: Session,
    lake: LakeDataset,
    shape: SeedRequest["shape"],
): Promise<{ seeded: SeedResult; etl: EtlResult }> {
    const seeded = await seedStep(session, lake, { shape });
    await crawlStep(session, lake, "bronze");
    const etl = await etlStep(session, lake);
    await crawlStep(session, lake, "silver");
    return { seeded, etl };
}

/** A failed run's own report says more than the tail of its log, which is kept for runs that left none. */
async function explained({ clients, of }: LakeDataset, error: unknown): Promise<never> {
    if (!(error instanceof RunFailure)) throw error;
    const report = await findRunReport(clients.s3, of.reportsLocation, error.runId);
    const reason = report && errorText(report);
    if (!reason) throw error;
    throw new StepFailure(error.message, {
        reason,
        next: `The whole report: ${of.reportsLocation}${error.runId}.json.`,
    });
}
