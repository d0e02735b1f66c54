-- View daily_sales_summary: one row per day, region and category
CREATE OR REPLACE VIEW daily_sales_summary AS
SELECT
    date(event_time) AS sale_date,
    region,
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    year,
    month,
    day
FROM sales
GROUP BY date(event_time), region, category, year, month, day
