"""Writes silver: Parquet files appended to their partitions."""

from __future__ import annotations

from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as f

from lakeworks.contract import Contract

#: Raw text shrinks to a seventh or less as zstd Parquet (random ids to a seventh, the sample sales to a sixteenth).
_TEXT_PER_PARQUET_BYTE = 7


def publish(rows: DataFrame, target: str, contract: Contract, text_per_row: float) -> int:
    """Appends the rows, one file per partition until one would outgrow the contract's target size.

    Files become visible whole, by the committer that the platform configures for S3.
    :param text_per_row: mean length of a raw line, from which a row's size is estimated.
    :returns: how many rows were written.
    """
    names = contract.partition_names
    written = Observation("published")
    laid_out = (
        rows.select(*contract.column_names, *names)
        .repartition(*names)
        .sortWithinPartitions(*names, contract.event_time, *contract.business_key)
        .observe(written, f.count("*").alias("rows"))
    )
    rows_per_file = max(1, int(contract.target_file_bytes * _TEXT_PER_PARQUET_BYTE / max(1.0, text_per_row)))
    (
        laid_out.write.mode("append")
        .partitionBy(*names)
        .option("compression", "zstd")
        .option("maxRecordsPerFile", rows_per_file)
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(target)
    )
    return written.get["rows"]
