/*
title: Price, volume and mix
question: How much of each month's change of revenue comes from how much is sold, from what is sold, and from its price?
columns:
  sale_month: date
  revenue: decimal(38,2)
  revenue_change: decimal(38,2)
  volume_effect: decimal(18,2)
  mix_effect: decimal(18,2)
  price_effect: decimal(18,2)
chart: { kind: bar, x: sale_month, y: revenue_change }
*/
WITH by_product AS (
    SELECT year * 12 + month - 1 AS month_number, product, sum(quantity) AS units, sum(total_amount) AS revenue
    FROM sales
    GROUP BY year, month, product
),
compared AS (
    SELECT
        *,
        lag(month_number) OVER by_month AS earlier_month,
        lag(CAST(revenue AS double) / units) OVER by_month AS earlier_price
    FROM by_product
    WINDOW by_month AS (PARTITION BY product ORDER BY month_number)
),
months AS (
    SELECT
        month_number,
        sum(units) AS units,
        sum(revenue) AS revenue,
        -- What this month's units cost at the prices of the month before; a product that was not sold then has its own price.
        sum(IF(earlier_month = month_number - 1, units * earlier_price, CAST(revenue AS double))) AS at_earlier_prices
    FROM compared
    GROUP BY month_number
),
steps AS (
    SELECT
        month_number,
        revenue,
        at_earlier_prices,
        lag(revenue) OVER (ORDER BY month_number) AS earlier_revenue,
        -- As many units at the mean price of the month before.
        lag(CAST(revenue AS double) / units) OVER (ORDER BY month_number) * units AS at_earlier_mean
    FROM months
)
SELECT
    CAST(format('%04d-%02d-01', month_number / 12, month_number % 12 + 1) AS date) AS sale_month,
    revenue,
    revenue - earlier_revenue AS revenue_change,
    CAST(at_earlier_mean - CAST(earlier_revenue AS double) AS decimal(18, 2)) AS volume_effect,
    CAST(at_earlier_prices - at_earlier_mean AS decimal(18, 2)) AS mix_effect,
    CAST(CAST(revenue AS double) - at_earlier_prices AS decimal(18, 2)) AS price_effect
FROM steps
WHERE earlier_revenue IS NOT NULL
ORDER BY sale_month
