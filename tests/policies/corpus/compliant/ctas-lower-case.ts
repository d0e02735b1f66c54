// In small letters, with a WITH query and a word in a text.
import { query } from "../kit";

query(
    "summary",
    `create table if not exists summary with (format = 'parquet', write_compression = 'zstd', partitioned_by = array['year'])
    as with s as (select 'CREATE TABLE t WITH (format = ''JSON'')' as region, year from sales) select * from s`,
);
