// A CTAS into a thousand buckets.
import { query } from "../../kit";

query(
    "ctas-too-many",
    `CREATE TABLE summary WITH (partitioned_by = ARRAY['year'], bucketed_by = ARRAY['region'], bucket_count = 1000)
    AS SELECT region, year FROM sales`,
);
