/** Crawls that run now, and their way through the states READY → RUNNING → STOPPING → READY. */
import { randomUUID } from "node:crypto";
import type { CrawlerState, LastCrawlStatus } from "@aws-sdk/client-glue";
import { clientsOf, type LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import { nowSeconds } from "../../protocol/wire";
import type { Store } from "../../store";
import type { Catalog } from "../catalog/state";
import type { Classifiers, StoredClassifier } from "../classifiers";
import type { Endings, Origin } from "../endings";
import { askedBy } from "./asked";
import { runCrawl } from "./crawl";
import { CrawlLog, crawlerLogGroup } from "./crawlLog";
import { crawlEnded, crawlStarted, type CrawlerNotice } from "./notices";
import { Sqs } from "./sqs";
import { noCounts, type CrawlersState, type StoredCrawl, type StoredCrawler } from "./state";

/** AWS keeps the history of a crawler for a year; this many are enough to look back on here. */
const keptCrawls = 100;

interface Run {
    readonly origin: Origin | undefined;
    readonly abort: AbortController;
    readonly done: Promise<void>;
    readonly startedAt: number;
    state: CrawlerState;
}

export class CrawlRuns {
    private readonly running = new Map<string, Run>();

    constructor(
        private readonly context: LocalContext,
        private readonly catalog: Catalog,
        private readonly classifiers: Classifiers,
        private readonly store: Store<CrawlersState>,
        private readonly endings: Endings,
    ) {}

    stateOf(name: string): CrawlerState {
        return this.running.get(name)?.state ?? "READY";
    }

    /** Milliseconds since the start of the crawl that runs; 0 when none does. */
    elapsed(name: string): number {
        const run = this.running.get(name);
        return run === undefined ? 0 : Date.now() - run.startedAt;
    }

    count(): number {
        return this.running.size;
    }

    /** @throws CrawlerRunningException */
    checkIdle(name: string): void {
        if (this.running.has(name)) {
            throw new AwsError("CrawlerRunningException", `Crawler with name ${name} has already started`);
        }
    }

    /** @returns the crawl's id @throws CrawlerRunningException */
    start(crawler: StoredCrawler, origin?: Origin): string {
        this.checkIdle(crawler.Name);
        const crawl = this.newCrawl(crawler.Name);
        const abort = new AbortController();
        // Keeps the settings that it was started with.
        const done = this.run(structuredClone(crawler), crawl, abort.signal);
        this.running.set(crawler.Name, { origin, abort, done, startedAt: Date.now(), state: "RUNNING" });
        this.context.events.put(crawlStarted(this.noticeOf(crawler.Name, crawl)));
        return crawl.CrawlId;
    }

    /** @throws CrawlerNotRunningException, CrawlerStoppingException */
    stop(name: string): void {
        const run = this.running.get(name);
        if (run === undefined)
            throw new AwsError("CrawlerNotRunningException", `Crawler with name ${name} isn't running`);
        if (run.state === "STOPPING") {
            throw new AwsError("CrawlerStoppingException", `Crawler with name ${name} is stopping`);
        }
        run.state = "STOPPING";
        run.abort.abort();
    }

    async stopAll(): Promise<void> {
        for (const run of this.running.values()) run.abort.abort();
        await Promise.all([...this.running.values()].map((run) => run.done));
    }

    private newCrawl(name: string): StoredCrawl {
        const crawl: StoredCrawl = {
            CrawlId: randomUUID(),
            State: "RUNNING",
            StartTime: nowSeconds(),
            LogGroup: crawlerLogGroup,
            LogStream: name,
            counts: noCounts(),
        };
        crawl.MessagePrefix = crawl.CrawlId;
        const crawls = (this.store.state.crawls[name] ??= []);
        crawls.push(crawl);
        if (crawls.length > keptCrawls) crawls.shift();
        this.store.changed();
        return crawl;
    }

    private async run(crawler: StoredCrawler, crawl: StoredCrawl, signal: AbortSignal): Promise<void> {
        // The caller first sees the crawler RUNNING, even if the crawl fails at once.
        await Promise.resolve();
        const { catalog } = this;
        // What a crawl does is done by the crawler's role.
        const credentials = this.context.calls.newCredentials();
        this.context.calls.give(credentials.accessKeyId, crawler.Role);
        const { s3, logs } = clientsOf(this.context, credentials);
        const asked = askedBy(crawler.Role, this.context, catalog);
        const log = new CrawlLog(logs, crawler.Name, crawl.CrawlId);
        let status: LastCrawlStatus = "SUCCEEDED";
        let reason: string | undefined;
        try {
            const sqs = new Sqs(this.context, credentials);
            const eventMode = this.hasSucceeded(crawler);
            const classifiers = this.classifiersOf(crawler);
            const { counts } = crawl;
            await runCrawl({ crawler, catalog, asked, classifiers, s3, sqs, eventMode, log, counts, signal });
        } catch (error) {
            status = signal.aborted ? "CANCELLED" : "FAILED";
            if (status === "FAILED") reason = error instanceof Error ? error.message : String(error);
            if (reason === undefined) log.info("The crawl was stopped");
            else log.error(reason);
        }
        asked.tell();
        const run = this.running.get(crawler.Name);
        if (run !== undefined) run.state = "STOPPING";
        log.benchmark("Crawler has finished running and is in state READY");
        await log
            .flush()
            .catch((error: unknown) => this.context.log(`log of crawler ${crawler.Name}: ${String(error)}`));
        s3.destroy();
        logs.destroy();
        this.context.calls.withdraw(credentials.accessKeyId);
        this.finish(crawler.Name, crawl, status, reason);
    }

    /** @throws when one was deleted since the crawler was made */
    private classifiersOf({ Classifiers: names = [] }: StoredCrawler): StoredClassifier[] {
        return names.map((name) => {
            const classifier = this.classifiers.find(name);
            if (classifier === undefined) throw new Error(`Classifier with name ${name} does not exist`);
            return classifier;
        });
    }

    private noticeOf(crawlerName: string, crawl: StoredCrawl): CrawlerNotice {
        const { account, region } = this.context;
        return { account, region, crawlerName, crawl };
    }

    /** With the settings that it has now? */
    private hasSucceeded({ Name, LastUpdated = 0 }: StoredCrawler): boolean {
        const crawls = this.store.state.crawls[Name] ?? [];
        return crawls.some((crawl) => crawl.State === "COMPLETED" && crawl.StartTime >= LastUpdated);
    }

    private finish(name: string, crawl: StoredCrawl, status: LastCrawlStatus, reason: string | undefined): void {
        crawl.State = status === "SUCCEEDED" ? "COMPLETED" : status === "CANCELLED" ? "STOPPED" : "FAILED";
        crawl.EndTime = nowSeconds();
        crawl.ErrorMessage = reason;
        const crawler = this.store.state.crawlers[name];
        if (crawler !== undefined) {
            crawler.LastCrawl = {
                Status: status,
                ErrorMessage: reason,
                LogGroup: crawl.LogGroup,
                LogStream: crawl.LogStream,
                MessagePrefix: crawl.MessagePrefix,
                StartTime: crawl.StartTime,
            };
        }
        const origin = this.running.get(name)?.origin;
        this.running.delete(name);
        this.store.changed();
        const ended = crawlEnded(this.noticeOf(name, crawl));
        if (ended !== undefined) this.context.events.put(ended);
        this.endings.tell({ kind: "crawler", name, state: status, origin });
    }
}
