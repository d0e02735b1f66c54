/*
title: Table daily_page_views
question: How often was each page seen on each day and kind of device, kept as Parquet by year?
columns:
  event_date: date
  page_path: varchar
  device: varchar
  views: bigint
  sessions: bigint
  duration_ms: bigint
  year: bigint
*/
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
