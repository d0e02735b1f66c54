/** Crawlers that start by themselves. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-scheduler.html */
import type { UpdateCrawlerScheduleRequest } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type Operations } from "../../protocol/operations";
import type { Store } from "../../store";
import { own } from "../catalog/state";
import { checkSchedule, Schedules } from "../schedule";
import type { CrawlRuns } from "./runs";
import type { CrawlersState, StoredCrawler } from "./state";

export class CrawlerSchedules {
    private readonly schedules: Schedules;

    constructor(
        private readonly context: Pick<LocalContext, "log">,
        private readonly store: Store<CrawlersState>,
        private readonly runs: CrawlRuns,
    ) {
        this.schedules = new Schedules(context.log);
        for (const crawler of Object.values(store.state.crawlers)) this.apply(crawler);
    }

    /** Starts the crawler by its schedule from now on, or no longer if it has none. */
    apply({ Name, Schedule }: StoredCrawler): void {
        if (Schedule?.State === "SCHEDULED" && Schedule.ScheduleExpression) {
            this.schedules.set(Name, Schedule.ScheduleExpression, () => this.fire(Name));
        } else this.schedules.remove(Name);
    }

    remove(name: string): void {
        this.schedules.remove(name);
    }

    stop(): void {
        this.schedules.stop();
    }

    operations(find: (name: string | undefined) => StoredCrawler): Operations {
        const change = (crawler: StoredCrawler, schedule: StoredCrawler["Schedule"]) => {
            crawler.Schedule = schedule;
            this.apply(crawler);
            this.store.changed();
            return {};
        };
        return {
            UpdateCrawlerSchedule: (input: UpdateCrawlerScheduleRequest) => {
                const crawler = find(input.CrawlerName);
                if (!input.Schedule) return change(crawler, undefined);
                checkSchedule(input.Schedule);
                return change(crawler, { ScheduleExpression: input.Schedule, State: "SCHEDULED" });
            },
            StartCrawlerSchedule: (input: { CrawlerName?: string }) => {
                const crawler = find(input.CrawlerName);
                const schedule = scheduleOf(crawler);
                if (schedule.State !== "SCHEDULED") return change(crawler, { ...schedule, State: "SCHEDULED" });
                throw new AwsError("SchedulerRunningException", `The schedule of crawler ${crawler.Name} is running`);
            },
            StopCrawlerSchedule: (input: { CrawlerName?: string }) => {
                const crawler = find(input.CrawlerName);
                if (crawler.Schedule?.State === "SCHEDULED") {
                    return change(crawler, { ...crawler.Schedule, State: "NOT_SCHEDULED" });
                }
                throw new AwsError(
                    "SchedulerNotRunningException",
                    `The schedule of crawler ${crawler.Name} is not running`,
                );
            },
        };
    }

    /** A crawler that still runs is not started again: its next turn is the next time. */
    private fire(name: string): void {
        const crawler = own(this.store.state.crawlers, name);
        if (crawler === undefined) return;
        if (this.runs.stateOf(name) === "READY") this.runs.start(crawler);
        else this.context.log(`glue: crawler ${name} still runs when its schedule is due: left out`);
    }
}

function scheduleOf(crawler: StoredCrawler): NonNullable<StoredCrawler["Schedule"]> {
    if (crawler.Schedule !== undefined) return crawler.Schedule;
    throw new AwsError("NoScheduleException", `Crawler ${crawler.Name} has no schedule`);
}
