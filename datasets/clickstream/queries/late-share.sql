/*
title: How late events arrive
question: How many days after they happened do events arrive, and what share of all arrives when?
columns:
  arrival: varchar
  events: bigint
  share_percent: double
chart: { kind: bar, x: arrival, y: events }
*/
SELECT
    CASE days_late WHEN 0 THEN '0 same day' WHEN 1 THEN '1 day late' ELSE concat(CAST(days_late AS varchar), ' days late') END AS arrival,
    count(*) AS events,
    round(100.0 * CAST(count(*) AS double) / CAST(sum(count(*)) OVER () AS double), 2) AS share_percent
FROM clickstream
GROUP BY days_late
ORDER BY arrival
