// A CTAS by four keys.
import { query } from "../../kit";

query(
    "ctas-four-keys",
    "CREATE TABLE summary WITH (partitioned_by = ARRAY['region', 'year', 'month', 'day']) AS SELECT n, region, year, month, day FROM sales",
);
