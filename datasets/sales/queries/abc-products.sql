/*
title: ABC classes of products
question: Which products make up the first 80 % of revenue (A), the next 15 % (B) and the rest (C)?
columns:
  class: varchar
  product: varchar
  category: varchar
  revenue: decimal(38,2)
  cumulative_percent: double
chart: { kind: bar, x: product, y: revenue, series: class }
*/
WITH by_product AS (
    SELECT product, category, sum(total_amount) AS revenue
    FROM sales
    GROUP BY product, category
),
ranked AS (
    SELECT
        product,
        category,
        revenue,
        sum(revenue) OVER (ORDER BY revenue DESC, product ROWS UNBOUNDED PRECEDING) AS cumulative,
        sum(revenue) OVER () AS total
    FROM by_product
)
SELECT
    -- The product that crosses a line belongs to the class before it.
    CASE
        WHEN cumulative - revenue < 0.80 * total THEN 'A'
        WHEN cumulative - revenue < 0.95 * total THEN 'B'
        ELSE 'C'
    END AS class,
    product,
    category,
    revenue,
    round(100.0 * CAST(cumulative AS double) / CAST(total AS double), 2) AS cumulative_percent
FROM ranked
ORDER BY revenue DESC, product
