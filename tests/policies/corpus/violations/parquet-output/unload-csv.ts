// An UNLOAD as text.
import { query } from "../../kit";

query(
    "unload-csv",
    "UNLOAD (SELECT * FROM sales) TO 's3://lake-gold/export/' WITH (format = 'TEXTFILE', field_delimiter = ',')",
);
