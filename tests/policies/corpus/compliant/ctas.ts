// A CTAS as Parquet, by default, with partitions.
import { query } from "../kit";

query("summary", "CREATE TABLE summary WITH (partitioned_by = ARRAY['year']) AS SELECT region, year FROM sales");
