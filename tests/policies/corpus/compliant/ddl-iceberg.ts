// Iceberg's DDL.
import { query } from "../kit";

query(
    "make",
    `CREATE TABLE sales (a int, sold_at timestamp) PARTITIONED BY (day(sold_at)) LOCATION 's3://lake-silver/sales/'
    TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet')`,
);
