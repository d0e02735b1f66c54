/*
title: Regional performance
question: How do the regions compare in stores, customers, revenue and the size of a sale?
columns:
  region: varchar
  stores: bigint
  customers: bigint
  transactions: bigint
  revenue: decimal(38,2)
  average_sale: decimal(12,2)
chart: { kind: bar, x: region, y: revenue }
*/
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
