// Buckets by a partition key.
import { columns, location, parquet, table } from "../../kit";

table("sales", {
    storageDescriptor: { ...parquet, columns, location, bucketColumns: ["month"], numberOfBuckets: 8 },
});
