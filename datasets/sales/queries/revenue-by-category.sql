-- Revenue by category
SELECT
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    round(100.0 * CAST(sum(total_amount) AS double) / CAST(sum(sum(total_amount)) OVER () AS double), 2) AS share_percent
FROM sales
GROUP BY category
ORDER BY revenue DESC, category
