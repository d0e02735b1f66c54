// An Iceberg CTAS.
import { query } from "../kit";

query(
    "summary",
    `CREATE TABLE summary WITH (table_type = 'ICEBERG', is_external = false, location = 's3://lake-gold/summary/',
    partitioning = ARRAY['month(sold_at)']) AS SELECT region, sold_at FROM sales`,
);
