// Hive's DDL of Parquet.
import { query } from "../kit";

query(
    "make",
    `CREATE EXTERNAL TABLE IF NOT EXISTS lake.sales (\`a\` int COMMENT 'x', b struct<c:string,d:array<int>>)
    PARTITIONED BY (year int, day date) STORED AS PARQUET LOCATION 's3://lake-silver/sales/'
    TBLPROPERTIES ('parquet.compression' = 'ZSTD', 'projection.enabled' = 'true')`,
);
