"""Keeps the rows that could not be published, as Parquet: raw text, source object, reason, under the run's id."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.names import LINE, REASON, SOURCE_OBJECT
from lakeworks.storage import StoredObject, list_objects


def quarantine(bad: DataFrame, location: str, run_id: str, sources: Sequence[StoredObject]) -> None:
    """Appends one file, `<location>run_id=<run>/`, without the rows of objects that an earlier run has quarantined.

    A run that was killed after its quarantine and before its commit is followed by one that reads the same objects.
    """
    done = _quarantined_objects(bad, location, sources)
    rows = bad if done is None else bad.join(f.broadcast(done), SOURCE_OBJECT, "left_anti")
    if done is not None and rows.isEmpty():
        return
    (
        rows.selectExpr(f"{LINE} as raw", f"{SOURCE_OBJECT} as source_object", f"{REASON} as reason")
        .repartition(1)
        .sortWithinPartitions("source_object", "reason", "raw")
        .write.mode("append")
        .option("compression", "zstd")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(f"{location}run_id={run_id}/")
    )


def _quarantined_objects(bad: DataFrame, location: str, sources: Sequence[StoredObject]) -> DataFrame | None:
    """Source objects with quarantined rows. A file older than this run's oldest object can't hold rows of any."""
    oldest = min(source.modified for source in sources)
    files = [item.uri for item in list_objects(location) if item.uri.endswith(".parquet") and item.modified >= oldest]
    if not files:
        return None
    found = bad.sparkSession.read.schema("source_object string").parquet(*files)
    return found.select(f.col("source_object").alias(SOURCE_OBJECT)).distinct()
