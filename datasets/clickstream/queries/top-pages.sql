/*
title: Top 10 pages
question: Which ten pages are seen most, in how many sessions, and for how long?
columns:
  page_path: varchar
  views: bigint
  sessions: bigint
  mean_ms: bigint
chart: { kind: bar, x: page_path, y: views }
*/
SELECT
    page_path,
    count(*) AS views,
    count(DISTINCT session_id) AS sessions,
    sum(duration_ms) / count(*) AS mean_ms
FROM clickstream
WHERE event_type IN ('page_view', 'product_view')
GROUP BY page_path
ORDER BY views DESC, page_path
LIMIT 10
