// An UNLOAD that does not say.
import { query } from "../../kit";

query("export", "UNLOAD (SELECT * FROM sales) TO 's3://lake-gold/export/'");
