// A job that names the folder above its tables.
import { columns, job, parquet, table } from "../kit";

table("sales", { storageDescriptor: { ...parquet, columns, location: "s3://lake/silver/sales/" } });
table("orders", { name: "orders", storageDescriptor: { ...parquet, columns, location: "s3://lake/silver/orders/" } });
job("etl", { defaultArguments: { "--output-root": "s3://lake/silver" } });
