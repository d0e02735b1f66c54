// Hive's DDL of raw data, which says so.
import { query } from "../kit";

query(
    "make",
    `CREATE EXTERNAL TABLE raw_sales (a int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
    LOCATION 's3://lake-bronze/sales/' TBLPROPERTIES ('lakeworks:zone' = 'bronze')`,
);
