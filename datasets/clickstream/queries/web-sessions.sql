/*
title: View web_sessions
question: Who came in each session, what did they do and what did they buy?
columns:
  session_id: varchar
  event_date: date
  started_at: timestamp
  user_id: varchar
  device: varchar
  country: varchar
  events: bigint
  purchases: bigint
  revenue: decimal(38,2)
*/
CREATE OR REPLACE VIEW web_sessions AS
SELECT
    session_id,
    event_date,
    min(event_time) AS started_at,
    max(user_id) AS user_id,
    max(device) AS device,
    max(country) AS country,
    count(*) AS events,
    count_if(event_type = 'purchase') AS purchases,
    sum(revenue) AS revenue
FROM clickstream
GROUP BY session_id, event_date
