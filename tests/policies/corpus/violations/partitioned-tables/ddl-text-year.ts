// DDL with the year as text.
import { query } from "../../kit";

query(
    "ddl-text-year",
    "CREATE EXTERNAL TABLE sales (a int) PARTITIONED BY (year string) STORED AS PARQUET LOCATION 's3://lake-silver/sales/'",
);
