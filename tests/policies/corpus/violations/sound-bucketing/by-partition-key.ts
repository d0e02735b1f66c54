// Buckets by a partition key.
import { columns, location, parquet, table } from "../../kit";

table("by-partition-key", {
    storageDescriptor: { ...parquet, columns, location, bucketColumns: ["month"], numberOfBuckets: 8 },
});
