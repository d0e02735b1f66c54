// A CTAS without partitions.
import { query } from "../../kit";

query(
    "ctas-none",
    "CREATE TABLE summary WITH (format = 'PARQUET') AS SELECT region, count(*) AS n FROM sales GROUP BY region",
);
