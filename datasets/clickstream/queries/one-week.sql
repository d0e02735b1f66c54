-- The week from 5 February 2024 by country: the partition key prunes the scan to seven days
SELECT
    country,
    count(*) AS events,
    count(DISTINCT session_id) AS sessions,
    coalesce(sum(revenue), 0) AS revenue
FROM clickstream
WHERE event_date BETWEEN DATE '2024-02-05' AND DATE '2024-02-11'
GROUP BY country
ORDER BY country
