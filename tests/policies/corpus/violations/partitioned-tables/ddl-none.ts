// DDL without partitions.
import { query } from "../../kit";

query("ddl-none", "CREATE EXTERNAL TABLE sales (a int) STORED AS PARQUET LOCATION 's3://lake-silver/sales/'");
