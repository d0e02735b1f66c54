// A CTAS as text.
import { query } from "../../kit";

query(
    "ctas-csv",
    "CREATE TABLE summary WITH (format = 'TEXTFILE', partitioned_by = ARRAY['year']) AS SELECT region, year FROM sales",
);
