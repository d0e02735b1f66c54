/** AWS Glue: jobs, crawlers, the Data Catalog, optimizers of Iceberg tables. https://aws.amazon.com/glue/pricing/ */
import { ExecutionClass, WorkerType } from "../../components/etlJobCapacity";
import type { Lake } from "./lake";
import { daysPerMonth, figure, line, sum, usd, type CostLine, type Priced } from "./lines";
import { price } from "./priceList";
import { isUnknownAt, numberAt, textAt, valueAt, type DeclaredResource } from "./resources";
import { startsOf } from "./starts";
import { shapeOf } from "./tables";

/** https://docs.aws.amazon.com/glue/latest/dg/worker-types.html; R types are billed by memory-optimized DPUs, whose price the file has not. */
const dpusOf: Readonly<Partial<Record<string, number>>> = {
    "G.025X": 0.25,
    [WorkerType.G1X]: 1,
    [WorkerType.G2X]: 2,
    [WorkerType.G4X]: 4,
    [WorkerType.G8X]: 8,
    [WorkerType.G12X]: 12,
    [WorkerType.G16X]: 16,
};

export function jobCost(job: DeclaredResource, lake: Lake): Priced {
    const [workerType, workers] = [textAt(job, "workerType"), numberAt(job, "numberOfWorkers")];
    const dpus = dpusOf[workerType ?? ""];
    const command = textAt(job, "command", "name");
    if (command !== "glueetl") {
        return { notPriced: `of Glue's jobs only glueetl is priced, this is ${command ?? "not known yet"}` };
    }
    if (workers === undefined || dpus === undefined) {
        const known = [`workerType ${workerType ?? "not known"}`, `numberOfWorkers ${workers ?? "not known"}`];
        return { notPriced: `no price by ${known.join(" and ")}` };
    }
    const volumes = lake.volumesOf(job);
    const starts = startsOf(lake, job, "jobName", volumes.jobRunsPerDay);
    const least = price("glue.runMinimumMinutes");
    const minutes = Math.min(
        Math.max(volumes.minutesPerRun, least),
        Math.max(numberAt(job, "timeout") ?? Infinity, least),
    );
    const isFlex = valueAt(job, "executionClass") === ExecutionClass.Flex;
    const dollars = price(isFlex ? "glue.flexDpuHour" : "glue.dpuHour");
    const hours = (starts.perMonth * minutes) / 60;
    const runs = `${figure(starts.perMonth)} runs of ${figure(minutes)} min`;
    return [
        line(
            "Glue",
            job,
            `${figure(workers)} × ${workerType} workers, ${runs}${isFlex ? ", Flex" : ""}`,
            workers * dpus * hours * dollars,
            `${figure(workers * dpus)} DPU × ${figure(hours)} h × ${usd(dollars)}; runs by ${starts.from}; ` +
                `${assumption(job, minutes < volumes.minutesPerRun)}.`,
        ),
    ];
}

function assumption(job: DeclaredResource, isCut: boolean): string {
    const scales = valueAt(job, "defaultArguments", "--enable-auto-scaling") === "true";
    return [
        isCut ? "a run ends at its timeout" : "the minutes are as stated, whatever the number of workers",
        ...(scales ? ["auto scaling may take fewer workers, this is the most"] : []),
        ...(isUnknownAt(job, "executionClass") ? ["the execution class is not known, taken as STANDARD"] : []),
    ].join("; ");
}

/** AWS names no number for a crawl; 2 is the least that a Glue job may have. */
const crawlerDpus = 2;

export function crawlerCost(crawler: DeclaredResource, lake: Lake): Priced {
    const volumes = lake.volumesOf(crawler);
    const starts = startsOf(lake, crawler, "crawlerName", volumes.crawlsPerDay);
    const minutes = Math.max(volumes.minutesPerCrawl, price("glue.crawlMinimumMinutes"));
    const hours = (starts.perMonth * minutes) / 60;
    const dollars = price("glue.crawlerDpuHour");
    return [
        line(
            "Glue",
            crawler,
            `${figure(starts.perMonth)} crawls of ${figure(volumes.minutesPerCrawl)} min, charged as ${figure(minutes)} min`,
            crawlerDpus * hours * dollars,
            `${crawlerDpus} DPU × ${figure(hours)} h × ${usd(dollars)}; crawls by ${starts.from}; ` +
                `${crawlerDpus} DPU are an assumption.`,
        ),
    ];
}

export function optimizerCost(optimizer: DeclaredResource, lake: Lake): Priced {
    const enabled = valueAt(optimizer, "configuration", "enabled") !== false;
    const perDay = enabled ? lake.volumesOf(optimizer).optimizerDpuHoursPerDay : 0;
    const dollars = price("glue.optimizerDpuHour");
    return [
        line(
            "Glue",
            optimizer,
            `${enabled ? "" : "disabled "}${textAt(optimizer, "type") ?? "optimizer"} of an Iceberg table`,
            perDay * daysPerMonth * dollars,
            `${figure(perDay)} DPU-hours a day as stated × ${figure(daysPerMonth)} days × ${usd(dollars)}.`,
        ),
    ];
}

/** One line for the catalog as a whole: its free objects are an account's, not a table's. */
export function catalogCost(lake: Lake): CostLine[] {
    const tables = lake.tablesOf(undefined);
    const databases = lake.ofType("aws:glue/catalogDatabase:CatalogDatabase");
    if (tables.length + databases.length === 0) {
        return [];
    }
    const partitions = sum(
        tables
            .filter((table) => shapeOf(table, lake).partitioned)
            .map((table) => lake.volumesOf(table).partitionsPerDay * lake.volumes.lake.ageDays),
    );
    const objects = databases.length + tables.length + partitions;
    const free = price("glue.catalogFreeObjects");
    const dollars = price("glue.catalogObjects100k");
    return [
        {
            service: "Glue",
            resource: undefined,
            name: "Data Catalog",
            what: `${figure(objects)} databases, tables and partitions`,
            monthlyUsd: (Math.max(objects - free, 0) / 100_000) * dollars,
            why: `${usd(dollars)} for each 100,000 objects over the account's first ${figure(free)}, which are free; requests are not estimated.`,
        },
    ];
}
