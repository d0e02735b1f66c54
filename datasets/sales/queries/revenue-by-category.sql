/*
title: Revenue by category
question: How much does each category of products sell, and what share of all revenue is that?
columns:
  category: varchar
  transactions: bigint
  units: bigint
  revenue: decimal(38,2)
  share_percent: double
chart: { kind: bar, x: category, y: revenue }
*/
SELECT
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    round(100.0 * CAST(sum(total_amount) AS double) / CAST(sum(sum(total_amount)) OVER () AS double), 2) AS share_percent
FROM sales
GROUP BY category
ORDER BY revenue DESC, category
