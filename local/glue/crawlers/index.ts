/** Glue crawlers. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html */
import * as path from "node:path";
import type {
    BatchGetCrawlersRequest,
    CreateCrawlerRequest,
    GetCrawlerMetricsRequest,
    GetCrawlerRequest,
    GetCrawlersRequest,
    ListCrawlersRequest,
    ListCrawlsRequest,
    UpdateCrawlerRequest,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type LocalService } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { Store } from "../../store";
import { own, refuseMembers, type Catalog } from "../catalog/state";
import type { Classifiers } from "../classifiers";
import type { Endings, Origin } from "../endings";
import type { TagStore } from "../tags";
import { metricsOf, shownCrawl } from "./history";
import { CrawlRuns } from "./runs";
import { CrawlerSchedules } from "./schedules";
import { withSettings } from "./settings";
import { checkQueues } from "./queues";
import type { CrawlersState, StoredCrawler } from "./state";

const largestPage = 1000;
const defaultCrawlsPage = 20;

export interface Crawlers extends LocalService {
    /** @throws EntityNotFoundException, CrawlerRunningException */
    readonly startByTrigger: (crawlerName: string, origin: Origin) => string;
}

export function createCrawlers(
    context: LocalContext,
    catalog: Catalog,
    tags: TagStore,
    classifiers: Classifiers,
    endings: Endings,
): Crawlers {
    const file = path.join(context.stateDir, "glue", "crawlers.json");
    const store = new Store<CrawlersState>(file, { crawlers: {}, crawls: {} });
    endInterrupted(store);
    const runs = new CrawlRuns(context, catalog, classifiers, store, endings);
    const schedules = new CrawlerSchedules(context, store, runs);
    const arnOf = (name: string) => catalog.arn(`crawler/${name}`);

    const find = (name: string | undefined): StoredCrawler => {
        const crawler = own(store.state.crawlers, name ?? "");
        if (crawler !== undefined) return crawler;
        throw new AwsError("EntityNotFoundException", `Crawler entry with name ${name} does not exist`);
    };
    const checkClassifiers = ({ Classifiers: names = [] }: StoredCrawler) => {
        const missing = names.find((name) => classifiers.find(name) === undefined);
        if (missing === undefined) return;
        throw new AwsError("InvalidInputException", `Classifier with name ${missing} does not exist`);
    };
    const shown = (crawler: StoredCrawler) => ({
        ...crawler,
        State: runs.stateOf(crawler.Name),
        CrawlElapsedTime: runs.elapsed(crawler.Name),
    });
    const sorted = () => Object.values(store.state.crawlers).sort((a, b) => (a.Name < b.Name ? -1 : 1));

    const operations = {
        ...schedules.operations(find),
        CreateCrawler: async (input: CreateCrawlerRequest) => {
            const crawler = withSettings(undefined, input);
            checkClassifiers(crawler);
            await checkQueues(context, crawler);
            if (own(store.state.crawlers, crawler.Name) !== undefined) {
                throw new AwsError("AlreadyExistsException", `Crawler with name ${crawler.Name} already exists`);
            }
            store.state.crawlers[crawler.Name] = crawler;
            schedules.apply(crawler);
            tags.set(arnOf(crawler.Name), input.Tags);
            store.changed();
            return {};
        },
        GetCrawler: (input: GetCrawlerRequest) => {
            return { Crawler: shown(find(input.Name)) };
        },
        GetCrawlers: (input: GetCrawlersRequest) => {
            const page = pageOf(sorted(), input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
            return { Crawlers: page.items.map(shown), NextToken: page.nextToken };
        },
        BatchGetCrawlers: (input: BatchGetCrawlersRequest) => {
            const names = input.CrawlerNames ?? [];
            const found = names.flatMap((name) => own(store.state.crawlers, name) ?? []);
            const missing = names.filter((name) => own(store.state.crawlers, name) === undefined);
            return { Crawlers: found.map(shown), CrawlersNotFound: missing };
        },
        ListCrawlers: (input: ListCrawlersRequest) => {
            const wanted = Object.entries(input.Tags ?? {});
            const names = sorted()
                .map((crawler) => crawler.Name)
                .filter((name) => wanted.every(([key, value]) => tags.get(arnOf(name))[key] === value));
            const page = pageOf(names, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
            return { CrawlerNames: page.items, NextToken: page.nextToken };
        },
        UpdateCrawler: async (input: UpdateCrawlerRequest) => {
            const before = find(input.Name);
            const after = withSettings(before, input);
            checkClassifiers(after);
            await checkQueues(context, after);
            runs.checkIdle(before.Name);
            store.state.crawlers[before.Name] = after;
            schedules.apply(after);
            store.changed();
            return {};
        },
        DeleteCrawler: (input: { Name?: string }) => {
            const { Name: name } = find(input.Name);
            runs.checkIdle(name);
            schedules.remove(name);
            delete store.state.crawlers[name];
            delete store.state.crawls[name];
            tags.drop(arnOf(name));
            store.changed();
            return {};
        },
        StartCrawler: (input: { Name?: string }) => {
            runs.start(find(input.Name));
            return {};
        },
        StopCrawler: (input: { Name?: string }) => {
            runs.stop(find(input.Name).Name);
            return {};
        },
        GetCrawlerMetrics: (input: GetCrawlerMetricsRequest) => {
            const names = input.CrawlerNameList ?? sorted().map((crawler) => crawler.Name);
            const metrics = names.map((name) => {
                const running = runs.stateOf(find(name).Name) !== "READY";
                return metricsOf(name, store.state.crawls[name] ?? [], running ? runs.elapsed(name) / 1000 : undefined);
            });
            const page = pageOf(metrics, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
            return { CrawlerMetricsList: page.items, NextToken: page.nextToken };
        },
        ListCrawls: (input: ListCrawlsRequest) => {
            refuseMembers(input, "Filters");
            const crawls = [...(store.state.crawls[find(input.CrawlerName).Name] ?? [])].reverse();
            const size = Math.min(input.MaxResults ?? defaultCrawlsPage, largestPage);
            const page = pageOf(crawls, input.NextToken, size);
            return { Crawls: page.items.map(shownCrawl), NextToken: page.nextToken };
        },
    };
    return {
        operations,
        startByTrigger: (crawlerName, origin) => runs.start(find(crawlerName), origin),
        status: () => ({ crawlers: Object.keys(store.state.crawlers).length, running: runs.count() }),
        stop: async () => {
            schedules.stop();
            await runs.stopAll();
            store.flush();
        },
    };
}

/** Crawls that a crash cut off have not ended by themselves. */
function endInterrupted(store: Store<CrawlersState>): void {
    const reason = "The local AWS ended during the crawl.";
    for (const [name, crawls] of Object.entries(store.state.crawls)) {
        const last = crawls.at(-1);
        if (last?.State !== "RUNNING") continue;
        Object.assign(last, { State: "FAILED", ErrorMessage: reason, EndTime: last.StartTime });
        const crawler = own(store.state.crawlers, name);
        const { LogGroup, LogStream, StartTime } = last;
        if (crawler) crawler.LastCrawl = { Status: "FAILED", ErrorMessage: reason, LogGroup, LogStream, StartTime };
        store.changed();
    }
}
