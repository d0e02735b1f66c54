// A table that nothing writes, beside one that a job does.
import { columns, job, parquet, table } from "../../kit";

table("sales");
job("etl");
table("orders", { name: "orders", storageDescriptor: { ...parquet, columns, location: "s3://lake-silver/orders/" } });
