/*
title: Funnel by device
question: How many sessions on each device go through the steps to a purchase in their order, and where do they leave?
columns:
  device: varchar
  step: varchar
  sessions: bigint
  of_all_percent: double
  of_step_before_percent: double
chart: { kind: bar, x: step, y: sessions, series: device }
*/
WITH visits AS (
    SELECT
        max(device) AS device,
        -- Steps done one after the other, whatever was looked at in between: one pass over a session's events.
        reduce(
            array_agg(event_type ORDER BY hit_number, event_time),
            0,
            (done, event) -> IF(event = ARRAY['product_view', 'add_to_cart', 'begin_checkout', 'purchase', ''][done + 1], done + 1, done),
            done -> done
        ) AS steps_done
    FROM clickstream
    GROUP BY session_id
),
reached AS (
    SELECT device, number, step, count_if(steps_done >= number) AS sessions
    FROM visits
    CROSS JOIN UNNEST(ARRAY['visit', 'product', 'cart', 'checkout', 'purchase'], sequence(0, 4)) AS steps (step, number)
    GROUP BY device, number, step
)
SELECT
    device,
    format('%d %s', number + 1, step) AS step,
    sessions,
    round(100.0 * CAST(sessions AS double) / CAST(first_value(sessions) OVER by_step AS double), 2) AS of_all_percent,
    round(100.0 * CAST(sessions AS double) / CAST(nullif(lag(sessions) OVER by_step, 0) AS double), 2) AS of_step_before_percent
FROM reached
WINDOW by_step AS (PARTITION BY device ORDER BY number)
ORDER BY device, number
