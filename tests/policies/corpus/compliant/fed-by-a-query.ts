// A table that a query fills.
import { columns, job, parquet, query, table } from "../kit";

table("sales");
job("etl");
table("summary", { name: "summary", storageDescriptor: { ...parquet, columns, location: "s3://lake-gold/summary/" } });
query("fill", "INSERT INTO summary SELECT transaction_id, amount, year, month FROM sales");
