// Only the SerDe is another: Spark writes Parquet, and Athena reads it as JSON.
import { columns, json, location, parquet, table } from "../../kit";

table("serde-only", { storageDescriptor: { ...parquet, serDeInfo: json.serDeInfo, columns, location } });
