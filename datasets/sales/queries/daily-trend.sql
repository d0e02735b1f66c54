/*
title: Daily trend
question: What was sold on each day, and how does the mean of seven days go?
columns:
  sale_date: date
  transactions: bigint
  revenue: decimal(38,2)
  revenue_7_days: decimal(18,2)
chart: { kind: area, x: sale_date, y: revenue }
*/
WITH daily AS (
    SELECT
        date(event_time) AS sale_date,
        count(*) AS transactions,
        sum(total_amount) AS revenue
    FROM sales
    GROUP BY date(event_time)
)
SELECT
    sale_date,
    transactions,
    revenue,
    CAST(avg(revenue) OVER (ORDER BY sale_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS decimal(18, 2)) AS revenue_7_days
FROM daily
ORDER BY sale_date
