"""Spark settings that the library's results depend on."""

from __future__ import annotations

from pyspark.sql import SparkSession


def configure(spark: SparkSession) -> None:
    # Times without an offset are UTC, and so are the event-time partitions.
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    # A cast that fails gives null, which the library turns into a reason (Spark 4 raises by default).
    spark.conf.set("spark.sql.ansi.enabled", "false")
    # Spark writes INT96 otherwise, which has no statistics.
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
