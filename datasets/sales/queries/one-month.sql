/*
title: One month by payment method
question: How were the sales of one month paid?
parameters:
  year: { type: integer, description: Year of the month, default: 2024 }
  month: { type: integer, description: "The month, 1 to 12", default: 2 }
columns:
  payment_method: varchar
  transactions: bigint
  revenue: decimal(38,2)
chart: { kind: bar, x: payment_method, y: revenue }
*/
SELECT
    payment_method,
    count(*) AS transactions,
    sum(total_amount) AS revenue
FROM sales
WHERE year = :year AND month = :month
GROUP BY payment_method
ORDER BY revenue DESC, payment_method
