/**
 * What crawlers tell EventBridge; all values are text. A crawl that was stopped tells nothing: AWS documents no such state.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/events/EventTypes.html#glue-event-types
 */
import type { ServiceEvent } from "../../serviceEvents";
import type { StoredCrawl } from "./state";

/** Of whose crawler, and where. */
export interface CrawlerNotice {
    readonly account: string;
    readonly region: string;
    readonly crawlerName: string;
    readonly crawl: StoredCrawl;
}

export function crawlStarted({ account, crawlerName, crawl }: CrawlerNotice): ServiceEvent {
    return stateChange({
        accountId: account,
        crawlerName,
        startTime: timeOf(crawl.StartTime),
        state: "Started",
        message: "Crawler Started",
    });
}

/** The end of a crawl, by its state. */
export function crawlEnded(notice: CrawlerNotice): ServiceEvent | undefined {
    const { account, region, crawlerName, crawl } = notice;
    const cloudWatchLogLink = `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${crawl.LogGroup};stream=${crawl.LogStream}`;
    const of = { accountId: account, crawlerName, cloudWatchLogLink };
    if (crawl.State === "FAILED") {
        return stateChange({
            ...of,
            errorMessage: crawl.ErrorMessage ?? "Internal Service Exception",
            state: "Failed",
            message: "Crawler Failed",
        });
    }
    if (crawl.State !== "COMPLETED") return undefined;
    const end = crawl.EndTime ?? crawl.StartTime;
    const counts = Object.fromEntries(Object.entries(crawl.counts).map(([name, count]) => [name, String(count)]));
    return stateChange({
        ...of,
        ...counts,
        warningMessage: "N/A",
        "runningTime (sec)": String(Math.round(end - crawl.StartTime)),
        completionDate: timeOf(end),
        state: "Succeeded",
        message: "Crawler Succeeded",
    });
}

function stateChange(detail: object): ServiceEvent {
    return { source: "aws.glue", detailType: "Glue Crawler State Change", detail };
}

/** Without milliseconds, as in AWS's examples. */
function timeOf(seconds: number): string {
    return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
