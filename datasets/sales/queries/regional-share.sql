/*
title: Regional share by month
question: What share of each month's revenue has each region, and how many points more or less than the month before?
columns:
  sale_month: date
  region: varchar
  revenue: decimal(38,2)
  share_percent: double
  points_change: double
chart: { kind: line, x: sale_month, y: share_percent, series: region }
*/
WITH monthly AS (
    SELECT
        CAST(format('%04d-%02d-01', year, month) AS date) AS sale_month,
        region,
        sum(total_amount) AS revenue
    FROM sales
    GROUP BY year, month, region
),
shared AS (
    SELECT
        sale_month,
        region,
        revenue,
        100.0 * CAST(revenue AS double) / CAST(sum(revenue) OVER (PARTITION BY sale_month) AS double) AS share
    FROM monthly
)
SELECT
    sale_month,
    region,
    revenue,
    round(share, 2) AS share_percent,
    round(share - lag(share) OVER (PARTITION BY region ORDER BY sale_month), 2) AS points_change
FROM shared
ORDER BY sale_month, region
