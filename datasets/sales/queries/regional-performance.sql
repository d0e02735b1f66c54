-- Regional performance
SELECT
    region,
    count(DISTINCT store_id) AS stores,
    count(DISTINCT customer_id) AS customers,
    count(*) AS transactions,
    sum(total_amount) AS revenue,
    CAST(sum(total_amount) / count(*) AS decimal(12, 2)) AS average_sale
FROM sales
GROUP BY region
ORDER BY revenue DESC, region
