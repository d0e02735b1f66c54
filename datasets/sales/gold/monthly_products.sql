-- One row per month and product. A customer of several days counts once, so a month is computed from its rows
SELECT
    product,
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    count(DISTINCT customer_id) AS customers,
    year,
    month
FROM silver
GROUP BY year, month, product, category
