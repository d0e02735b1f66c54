/*
title: Late events by day
question: What share of each day's events came late, and after how many days was 99 % of the day there?
parameters:
  first_day: { type: date, description: First day, default: 2024-01-01 }
  last_day: { type: date, description: Last day, default: 2024-12-31 }
columns:
  event_date: date
  events: bigint
  late_events: bigint
  late_percent: double
  days_to_99_percent: integer
  days_to_all: integer
chart: { kind: line, x: event_date, y: late_percent }
*/
WITH arrivals AS (
    SELECT event_date, days_late, count(*) AS events
    FROM clickstream
    WHERE event_date BETWEEN :first_day AND :last_day
    GROUP BY event_date, days_late
),
running AS (
    SELECT
        event_date,
        days_late,
        events,
        sum(events) OVER (PARTITION BY event_date ORDER BY days_late) AS there,
        sum(events) OVER (PARTITION BY event_date) AS of_day
    FROM arrivals
)
SELECT
    event_date,
    max(of_day) AS events,
    coalesce(sum(events) FILTER (WHERE days_late > 0), 0) AS late_events,
    round(100.0 * CAST(coalesce(sum(events) FILTER (WHERE days_late > 0), 0) AS double) / CAST(max(of_day) AS double), 2) AS late_percent,
    min(days_late) FILTER (WHERE 100 * there >= 99 * of_day) AS days_to_99_percent,
    max(days_late) AS days_to_all
FROM running
GROUP BY event_date
ORDER BY event_date
