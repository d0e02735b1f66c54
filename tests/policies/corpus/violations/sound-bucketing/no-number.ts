// Bucket columns, and no number of buckets.
import { columns, location, parquet, table } from "../../kit";

table("sales", { storageDescriptor: { ...parquet, columns, location, bucketColumns: ["transaction_id"] } });
