/*
title: Sessions per day
question: How many sessions, events and known visitors did each day have?
columns:
  event_date: date
  sessions: bigint
  events: bigint
  known_users: bigint
chart: { kind: line, x: event_date, y: sessions }
*/
SELECT
    event_date,
    count(DISTINCT session_id) AS sessions,
    count(*) AS events,
    count(DISTINCT user_id) AS known_users
FROM clickstream
GROUP BY event_date
ORDER BY event_date
