// Bucket columns, and no number of buckets.
import { columns, location, parquet, table } from "../../kit";

table("no-number", { storageDescriptor: { ...parquet, columns, location, bucketColumns: ["transaction_id"] } });
