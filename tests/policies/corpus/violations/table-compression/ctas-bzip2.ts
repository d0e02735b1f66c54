// A CTAS by a codec that Parquet readers lack.
import { query } from "../../kit";

query(
    "ctas-bzip2",
    "CREATE TABLE summary WITH (write_compression = 'BZIP2', partitioned_by = ARRAY['year']) AS SELECT region, year FROM sales",
);
