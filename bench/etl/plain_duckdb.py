"""DuckDB doing the baseline's transform, on as many threads: `plain_duckdb.py <bronze> <target>`. One line of JSON."""

from __future__ import annotations

import json
import sys
import time

import duckdb
import spark_job

source, target = sys.argv[1:]
started = time.monotonic()
TEXTS = ("transaction_id", "timestamp", "customer_id", "product", "category", "payment_method", "region", "store_id")
columns = dict.fromkeys(TEXTS, "VARCHAR") | {"quantity": "INTEGER", "unit_price": "DECIMAL(10,2)"}
with duckdb.connect() as connection:
    connection.execute(f"SET threads = {spark_job.CORES}; SET preserve_insertion_order = false")
    connection.execute(
        f"""COPY (
            SELECT * EXCLUDE (timestamp), CAST(quantity * unit_price AS DECIMAL(12,2)) AS total_amount,
                year(event_time) AS year, month(event_time) AS month, day(event_time) AS day
            FROM (
                SELECT *, TRY_CAST("timestamp" AS TIMESTAMP) AS event_time
                FROM read_json('{source}/**/*.jsonl', format = 'newline_delimited', ignore_errors = true,
                    hive_partitioning = false, columns = {columns}))
            WHERE quantity > 0 AND unit_price >= 0 AND transaction_id IS NOT NULL AND event_time IS NOT NULL
        ) TO '{target}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year, month, day), OVERWRITE)"""
    )
print(json.dumps({"seconds": time.monotonic() - started, "heapMiB": 0}), flush=True)
