// Many partitions, and an index that Athena asks.
import { silver, table } from "../kit";

table("sales", {
    parameters: { ...silver, "lakeworks:partitions": "20000", "partition_filtering.enabled": "true" },
    partitionIndices: [{ indexName: "keys", keys: ["year", "month"] }],
});
