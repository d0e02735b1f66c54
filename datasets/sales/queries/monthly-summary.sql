/*
title: Table monthly_summary
question: What was sold in each month, by region and category, kept as Parquet by year?
columns:
  month: integer
  region: varchar
  category: varchar
  transactions: bigint
  units: bigint
  revenue: decimal(38,2)
  customers: bigint
  year: integer
*/
CREATE TABLE monthly_summary
WITH (
    format = 'PARQUET',
    write_compression = 'ZSTD',
    partitioned_by = ARRAY['year']
) AS
SELECT
    month,
    region,
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    count(DISTINCT customer_id) AS customers,
    year
FROM sales
GROUP BY year, month, region, category
