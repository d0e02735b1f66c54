// Queries that only read, whatever their words.
import { query } from "../kit";

query("a", "SELECT 'UNLOAD', 'INSERT INTO', \"create table\" FROM sales WHERE year = 2026");
query("b", "CREATE OR REPLACE VIEW daily AS SELECT day, sum(amount) AS total FROM sales GROUP BY day");
query("c", "MSCK REPAIR TABLE sales");
query("d", "ALTER TABLE sales ADD IF NOT EXISTS PARTITION (year = 2026) LOCATION 's3://lake-silver/sales/year=2026/'");
