// Hive's DDL: nothing said is text.
import { query } from "../../kit";

query(
    "ddl-textfile",
    "CREATE EXTERNAL TABLE sales (a int) PARTITIONED BY (year int) LOCATION 's3://lake-silver/sales/'",
);
