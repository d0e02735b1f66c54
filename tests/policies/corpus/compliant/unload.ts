// An UNLOAD as Parquet.
import { query } from "../kit";

query(
    "export",
    "UNLOAD (SELECT * FROM sales) TO 's3://lake-gold/export/' WITH (format = 'PARQUET', compression = 'SNAPPY')",
);
