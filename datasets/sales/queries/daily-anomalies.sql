/*
title: Unusual days
question: On which days was revenue further from what the four weeks before suggest than days usually are?
parameters:
  threshold: { type: decimal, description: Standard deviations from the mean at which a day is unusual, default: 2 }
columns:
  sale_date: date
  revenue: decimal(38,2)
  mean_7_days: decimal(18,2)
  mean_before: decimal(18,2)
  z_score: double
chart: { kind: bar, x: sale_date, y: z_score }
*/
WITH daily AS (
    SELECT
        CAST(format('%04d-%02d-%02d', year, month, day) AS date) AS sale_date,
        sum(total_amount) AS revenue
    FROM sales
    GROUP BY year, month, day
),
moving AS (
    SELECT
        sale_date,
        revenue,
        avg(revenue) OVER (ORDER BY sale_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS mean_7_days,
        count(*) OVER four_weeks AS days_before,
        avg(revenue) OVER four_weeks AS mean_before,
        stddev_samp(CAST(revenue AS double)) OVER four_weeks AS deviation
    FROM daily
    WINDOW four_weeks AS (ORDER BY sale_date ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING)
),
scored AS (
    SELECT *, (CAST(revenue AS double) - CAST(mean_before AS double)) / deviation AS z_score
    FROM moving
    -- Less than a week says nothing of the days to come; days that were all alike have no measure.
    WHERE days_before >= 7 AND deviation > 0
)
SELECT
    sale_date,
    revenue,
    CAST(mean_7_days AS decimal(18, 2)) AS mean_7_days,
    CAST(mean_before AS decimal(18, 2)) AS mean_before,
    round(z_score, 2) AS z_score
FROM scored
WHERE abs(z_score) >= :threshold
ORDER BY abs(z_score) DESC, sale_date
