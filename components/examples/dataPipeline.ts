import { DataLakeBuckets, DataPipeline } from "..";

const lake = new DataLakeBuckets("lake");

/** JSON lines under s3://<bronze>/orders/ingest_date=…/ become a partitioned Parquet table and monthly sums; bad lines are kept apart. */
const orders = new DataPipeline("orders", {
    dataset: "orders",
    columns: [
        { name: "order_id", type: "string" },
        { name: "ordered_at", type: "timestamp" },
        { name: "amount", type: "decimal(12,2)" },
        { name: "country", type: "string", nullable: true },
    ],
    partitionKeys: [
        { name: "year", type: "int", expression: "year(ordered_at)" },
        { name: "month", type: "int", expression: "month(ordered_at)" },
    ],
    businessKey: ["order_id"],
    eventTime: "ordered_at",
    rowRules: [{ name: "negative_amount", condition: "amount >= 0" }],
    qualityRules: ["RowCount > 0"],
    gold: [
        {
            name: "monthly_revenue",
            columns: [
                { name: "country", type: "string" },
                { name: "revenue", type: "decimal(22,2)" },
            ],
            partitionKeys: ["year", "month"],
            sql: "SELECT country, sum(amount) AS revenue, year, month FROM silver GROUP BY country, year, month",
        },
    ],
    bronzeBucket: lake.bronze,
    silverBucket: lake.silver,
    goldBucket: lake.gold,
    scriptsBucket: lake.scripts,
    resultsBucket: lake.athenaResults,
});

export const job = orders.jobName;
