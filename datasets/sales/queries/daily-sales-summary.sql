/*
title: View daily_sales_summary
question: What was sold on each day, by region and category?
columns:
  sale_date: date
  region: varchar
  category: varchar
  transactions: bigint
  units: bigint
  revenue: decimal(38,2)
  year: integer
  month: integer
  day: integer
*/
CREATE OR REPLACE VIEW daily_sales_summary AS
SELECT
    date(event_time) AS sale_date,
    region,
    category,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    year,
    month,
    day
FROM sales
GROUP BY date(event_time), region, category, year, month, day
