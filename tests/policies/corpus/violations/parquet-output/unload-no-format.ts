// An UNLOAD that does not say.
import { query } from "../../kit";

query("unload-no-format", "UNLOAD (SELECT * FROM sales) TO 's3://lake-gold/export/'");
