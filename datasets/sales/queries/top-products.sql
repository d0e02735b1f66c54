-- Top 10 products by revenue
SELECT
    product,
    category,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    count(DISTINCT customer_id) AS customers
FROM sales
GROUP BY product, category
ORDER BY revenue DESC, product
LIMIT 10
