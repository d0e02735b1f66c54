-- Table monthly_summary: one row per month, region and category, as Parquet by year
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
