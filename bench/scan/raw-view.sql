-- The silver table's columns over the raw JSON, so that the same question can be asked of both.
CREATE OR REPLACE VIEW sales AS
WITH typed AS (
    SELECT
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
WHERE event_time IS NOT NULL AND quantity > 0 AND unit_price >= 0
