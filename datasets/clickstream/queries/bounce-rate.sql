/*
title: Bounce rate by device
question: What share of the sessions on each kind of device ends with its first event?
columns:
  device: varchar
  bounce_percent: double
  bounces: bigint
  sessions: bigint
chart: { kind: bar, x: device, y: bounce_percent }
*/
WITH visits AS (
    SELECT session_id, device, count(*) AS events
    FROM clickstream
    GROUP BY session_id, device
)
SELECT
    device,
    round(100.0 * CAST(count_if(events = 1) AS double) / CAST(count(*) AS double), 2) AS bounce_percent,
    count_if(events = 1) AS bounces,
    count(*) AS sessions
FROM visits
GROUP BY device
ORDER BY device
