-- One row per day, country and device
SELECT
    country,
    device,
    count(*) AS events,
    count_if(event_type IN ('page_view', 'product_view')) AS page_views,
    count(DISTINCT session_id) AS sessions,
    count(DISTINCT user_id) AS known_users,
    count_if(event_type = 'purchase') AS purchases,
    coalesce(sum(revenue), 0) AS revenue,
    sum(duration_ms) AS duration_ms,
    event_date
FROM silver
GROUP BY event_date, country, device
