// DDL by each session.
import { query } from "../../kit";

query(
    "ddl-by-session",
    "CREATE EXTERNAL TABLE clicks (a int) PARTITIONED BY (session_id string) STORED AS PARQUET LOCATION 's3://lake-silver/clicks/'",
);
