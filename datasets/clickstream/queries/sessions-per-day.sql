-- Sessions per day
SELECT
    event_date,
    count(DISTINCT session_id) AS sessions,
    count(*) AS events,
    count(DISTINCT user_id) AS known_users
FROM clickstream
GROUP BY event_date
ORDER BY event_date
