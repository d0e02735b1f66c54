-- How late events arrive, in days after they happened
SELECT
    CASE days_late WHEN 0 THEN '0 same day' WHEN 1 THEN '1 day late' ELSE concat(CAST(days_late AS varchar), ' days late') END AS arrival,
    count(*) AS events,
    round(100.0 * CAST(count(*) AS double) / CAST(sum(count(*)) OVER () AS double), 2) AS share_percent
FROM clickstream
GROUP BY days_late
ORDER BY arrival
