-- One row per day, category and region. make_date of the partition keys: the files' event_time need not be read
SELECT
    make_date(year, month, day) AS sale_date,
    category,
    region,
    count(*) AS transactions,
    sum(quantity) AS units,
    sum(total_amount) AS revenue,
    year,
    month
FROM silver
GROUP BY year, month, day, category, region
