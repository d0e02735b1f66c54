/*
title: Top 10 products
question: Which ten products bring the most revenue, and how many customers buy them?
columns:
  product: varchar
  category: varchar
  units: bigint
  revenue: decimal(38,2)
  customers: bigint
chart: { kind: bar, x: product, y: revenue }
*/
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
