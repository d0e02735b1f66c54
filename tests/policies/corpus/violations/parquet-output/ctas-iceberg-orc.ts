// An Iceberg CTAS that writes ORC.
import { query } from "../../kit";

query(
    "ctas-iceberg-orc",
    "CREATE TABLE summary WITH (table_type = 'ICEBERG', format = 'ORC', partitioning = ARRAY['year']) AS SELECT year FROM sales",
);
