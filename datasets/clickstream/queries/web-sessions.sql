-- View web_sessions: one row per session
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
