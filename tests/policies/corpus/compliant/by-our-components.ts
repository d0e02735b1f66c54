// Our components, whole.
import { DataLakeBuckets, DataPipeline } from "../../../../components";

const lake = new DataLakeBuckets("lake");
new DataPipeline("orders", {
    dataset: "orders",
    columns: [
        { name: "order_id", type: "string" },
        { name: "ordered_at", type: "timestamp" },
    ],
    partitionKeys: [{ name: "day", type: "date", expression: "to_date(ordered_at)" }],
    businessKey: ["order_id"],
    eventTime: "ordered_at",
    bronzeBucket: lake.bronze,
    silverBucket: lake.silver,
    scriptsBucket: lake.scripts,
    resultsBucket: lake.athenaResults,
});
