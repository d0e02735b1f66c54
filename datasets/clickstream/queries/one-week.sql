/*
title: One week by country
question: What happened in the seven days from a day on, by country?
parameters:
  first_day: { type: date, description: First of the seven days, default: 2024-02-05 }
columns:
  country: varchar
  events: bigint
  sessions: bigint
  revenue: decimal(38,2)
chart: { kind: bar, x: country, y: revenue }
*/
SELECT
    country,
    count(*) AS events,
    count(DISTINCT session_id) AS sessions,
    coalesce(sum(revenue), 0) AS revenue
FROM clickstream
WHERE event_date >= :first_day AND event_date < :first_day + INTERVAL '7' DAY
GROUP BY country
ORDER BY country
