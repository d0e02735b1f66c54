// DDL with the year as text.
import { query } from "../../kit";

query(
    "make",
    "CREATE EXTERNAL TABLE sales (a int) PARTITIONED BY (year string) STORED AS PARQUET LOCATION 's3://lake-silver/sales/'",
);
