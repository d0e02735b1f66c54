/*
title: Conversion funnel
question: How many sessions reach each step to a purchase, and what share of all sessions is that?
columns:
  step: varchar
  sessions: bigint
  share_percent: double
chart: { kind: bar, x: step, y: sessions }
*/
WITH reached AS (
    SELECT
        count(DISTINCT session_id) AS visit,
        count(DISTINCT IF(event_type = 'product_view', session_id)) AS product,
        count(DISTINCT IF(event_type = 'add_to_cart', session_id)) AS cart,
        count(DISTINCT IF(event_type = 'begin_checkout', session_id)) AS checkout,
        count(DISTINCT IF(event_type = 'purchase', session_id)) AS purchase
    FROM clickstream
)
SELECT
    step,
    sessions,
    round(100.0 * CAST(sessions AS double) / CAST(visit AS double), 2) AS share_percent
FROM reached
CROSS JOIN UNNEST(
    ARRAY['1 visit', '2 product', '3 cart', '4 checkout', '5 purchase'],
    ARRAY[visit, product, cart, checkout, purchase]
) AS steps (step, sessions)
ORDER BY step
