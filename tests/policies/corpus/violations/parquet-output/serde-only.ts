// Only the SerDe is another: Spark writes Parquet, and Athena reads it as JSON.
import { columns, json, location, parquet, table } from "../../kit";

table("sales", { storageDescriptor: { ...parquet, serDeInfo: json.serDeInfo, columns, location } });
