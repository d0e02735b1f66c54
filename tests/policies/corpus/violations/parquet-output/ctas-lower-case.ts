// In small letters, with quoted names and a comment that lies.
import { query } from "../../kit";

query(
    "ctas-lower-case",
    `-- format = 'PARQUET'
    create table "lake"."summary" with ("format" = 'json', partitioned_by = array['year']) as select region, year from sales`,
);
