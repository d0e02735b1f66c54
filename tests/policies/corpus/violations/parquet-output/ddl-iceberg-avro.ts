// Iceberg's DDL with another format.
import { query } from "../../kit";

query(
    "ddl-iceberg-avro",
    `CREATE TABLE sales (a int, sold_at timestamp) PARTITIONED BY (day(sold_at)) LOCATION 's3://lake-silver/sales/'
    TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'avro')`,
);
