import { PipelineMonitoring } from "..";

/** One mail for each failed run, crawl or query, alarms where data is late or queries read much, and a budget. */
const monitoring = new PipelineMonitoring("lake", {
    pipelines: [
        {
            dataset: "orders",
            jobName: "orders-etl",
            rawCrawler: "orders-crawl-raw",
            processedCrawler: "orders-crawl-processed",
            workgroupName: "orders-queries",
            freshnessHours: 26,
            scannedGiBPerDay: 200,
        },
    ],
    emails: ["data-team@example.com"],
    monthlyBudgetUsd: 300,
});

export const topic = monitoring.topicArn;
