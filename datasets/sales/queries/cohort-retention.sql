/*
title: Cohort retention
question: Of the customers who first bought in a month, what share buys again in each of the months after?
columns:
  cohort: date
  months_after: integer
  customers: bigint
  retained_percent: double
chart: { kind: line, x: months_after, y: retained_percent, series: cohort }
*/
WITH bought AS (
    -- The months come from the partition keys: of the files only customer_id is read.
    SELECT DISTINCT customer_id, year * 12 + month - 1 AS month_number
    FROM sales
),
since AS (
    SELECT month_number, min(month_number) OVER (PARTITION BY customer_id) AS first_month
    FROM bought
),
active AS (
    SELECT first_month, month_number - first_month AS months_after, count(*) AS customers
    FROM since
    GROUP BY first_month, month_number - first_month
)
SELECT
    CAST(format('%04d-%02d-01', first_month / 12, first_month % 12 + 1) AS date) AS cohort,
    months_after,
    customers,
    round(100.0 * CAST(customers AS double) / CAST(first_value(customers) OVER (PARTITION BY first_month ORDER BY months_after) AS double), 2) AS retained_percent
FROM active
ORDER BY cohort, months_after
