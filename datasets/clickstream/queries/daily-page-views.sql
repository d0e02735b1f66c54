-- Table daily_page_views: one row per day, page and device, as Parquet by year
CREATE TABLE daily_page_views
WITH (
    format = 'PARQUET',
    write_compression = 'ZSTD',
    partitioned_by = ARRAY['year']
) AS
SELECT
    event_date,
    page_path,
    device,
    count(*) AS views,
    count(DISTINCT session_id) AS sessions,
    sum(CAST(duration_ms AS bigint)) AS duration_ms,
    year(event_date) AS year
FROM clickstream
GROUP BY event_date, page_path, device
