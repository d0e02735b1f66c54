// Hive's DDL by a SerDe.
import { query } from "../../kit";

query(
    "ddl-serde",
    `CREATE EXTERNAL TABLE IF NOT EXISTS lake.sales (\`a\` int COMMENT 'x')
    PARTITIONED BY (\`year\` int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake-silver/sales/'`,
);
