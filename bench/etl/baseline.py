"""The straightforward job of the tutorials: `baseline.py <bronze> <target>`. Prints one line of JSON.

Read JSON with an inferred schema, to_timestamp, derive, filter, write partitioned Parquet: no repartition, no
quarantine, no deduplication, no quality.
"""

from __future__ import annotations

import json
import sys
import time

import spark_job

source, target = sys.argv[1:]
spark = spark_job.start().spark_session
from pyspark.sql import functions as f  # noqa: E402

started = time.monotonic()

sales = spark.read.json(source)
sales = (
    sales.withColumn("event_time", f.to_timestamp("timestamp"))
    .withColumn("total_amount", f.col("quantity") * f.col("unit_price"))
    .withColumn("year", f.year("event_time"))
    .withColumn("month", f.month("event_time"))
    .withColumn("day", f.dayofmonth("event_time"))
    .filter("quantity > 0 and unit_price >= 0 and transaction_id is not null and event_time is not null")
    .drop("timestamp")
)
sales.write.mode("overwrite").partitionBy("year", "month", "day").parquet(target)
print(json.dumps({"seconds": time.monotonic() - started, "heapMiB": spark_job.peak_heap_mib()}), flush=True)
