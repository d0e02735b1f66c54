-- One row per month, category and region. A customer of several days counts once, so a month is computed from its rows
SELECT
    category,
    region,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    count(DISTINCT customer_id) AS customers,
    year,
    month
FROM silver
GROUP BY year, month, category, region
