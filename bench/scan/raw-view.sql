-- The silver table over the raw JSON, so that the same question has the same answer on both: typed, without what no job may publish, each row once.
CREATE OR REPLACE VIEW sales AS
WITH typed AS (
    SELECT DISTINCT
        transaction_id,
        CAST(try(from_iso8601_timestamp("timestamp")) AS timestamp) AS event_time,
        customer_id,
        product,
        category,
        try_cast(quantity AS integer) AS quantity,
        try_cast(unit_price AS decimal(10, 2)) AS unit_price,
        payment_method,
        region,
        store_id
    FROM raw_lines
)
SELECT
    *,
    CAST(quantity * unit_price AS decimal(12, 2)) AS total_amount,
    year(event_time) AS year,
    month(event_time) AS month,
    day(event_time) AS day
FROM typed
WHERE
    transaction_id <> ''
    AND event_time IS NOT NULL
    AND customer_id <> ''
    AND product <> ''
    AND category <> ''
    AND quantity > 0
    AND unit_price >= 0
    AND payment_method IN ('card', 'cash', 'mobile', 'voucher')
    AND region IN ('north', 'south', 'east', 'west')
    AND store_id <> ''
