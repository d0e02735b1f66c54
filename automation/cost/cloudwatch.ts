/** Amazon CloudWatch: logs, alarms, dashboards, metrics of log filters. https://aws.amazon.com/cloudwatch/pricing/ */
import { plural } from "../format";
import type { Lake } from "./lake";
import { daysPerMonth, figure, line, sum, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { numberAt, objectsAt, type DeclaredResource } from "./resources";
import { startsOf } from "./starts";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** The groups of a job share what its runs log in equal parts. Logs are counted as they come: stored, they are compressed, so that this is the most. */
export function logGroupCost(group: DeclaredResource, lake: Lake): Priced {
    const jobs = lake.ofType("aws:glue/job:Job").filter((job) => job.parent === group.parent);
    if (jobs.length === 0) {
        return { notPriced: "nothing is stated about the logs of what is no Glue job" };
    }
    const volumes = lake.volumesOf(group);
    const runs = sum(jobs.map((job) => startsOf(lake, job, "jobName", volumes.jobRunsPerDay).perMonth));
    const groups = lake.ofType(logGroupType).filter((each) => each.parent === group.parent).length;
    const gib = (runs * volumes.logMiBPerRun) / 1024 / groups;
    // 0 and none mean for ever.
    const retention = numberAt(group, "retentionInDays") ?? 0;
    const days = Math.min(retention > 0 ? retention : Infinity, lake.volumes.lake.ageDays);
    const stored = (gib / daysPerMonth) * days;
    const [perIngested, perStored] = [price("cloudwatch.logsIngested"), price("cloudwatch.logsStored")];
    return [
        line(
            "CloudWatch",
            group,
            `${figure(gib)} GiB of logs a month, kept for ${figure(days)} days`,
            gib * perIngested + stored * perStored,
            `${figure(gib)} GiB × ${usd(perIngested)} + ${figure(stored)} GiB × ${usd(perStored)}; ` +
                `a run logs ${figure(volumes.logMiBPerRun)} MiB as stated, in ${figure(groups)} groups.`,
        ),
    ];
}

/** An alarm over an expression is billed for each metric in it. */
export function alarmCost(alarm: DeclaredResource): Priced {
    const queries = (objectsAt(alarm, "metricQueries") ?? []).filter((query) => query.metric !== undefined);
    const metrics = Math.max(queries.length, 1);
    const isFast = (numberAt(alarm, "period") ?? Infinity) < 60;
    const dollars = price(isFast ? "cloudwatch.alarmMetricHighResolution" : "cloudwatch.alarmMetric");
    const what = `alarm on ${plural(metrics, "metric")}`;
    return [line("CloudWatch", alarm, what, metrics * dollars, `${metrics} × ${usd(dollars)}.`)];
}

export function dashboardCost(dashboard: DeclaredResource): Priced {
    const dollars = price("cloudwatch.dashboard");
    const why = `1 × ${usd(dollars)}; an account's first three may be free.`;
    return [line("CloudWatch", dashboard, "1 dashboard", dollars, why)];
}

export function metricFilterCost(filter: DeclaredResource): Priced {
    const dollars = price("cloudwatch.metric");
    return [line("CloudWatch", filter, "1 custom metric", dollars, `1 × ${usd(dollars)}; one without dimensions.`)];
}
