// An Iceberg CTAS under Hive's word, which it ignores.
import { query } from "../../kit";

query(
    "ctas-iceberg-wrong-word",
    "CREATE TABLE summary WITH (table_type = 'ICEBERG', partitioned_by = ARRAY['year']) AS SELECT region, year FROM sales",
);
