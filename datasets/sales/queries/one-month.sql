-- February 2024 by payment method: the partition keys prune the scan to one month
SELECT
    payment_method,
    count(*) AS transactions,
    sum(total_amount) AS revenue
FROM sales
WHERE year = 2024 AND month = 2
GROUP BY payment_method
ORDER BY revenue DESC, payment_method
