"""One row per business key: within the run, and against what is published."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

from lakeworks.contract import Contract
from lakeworks.names import LINE

_RANK = "_rank"


@dataclass(frozen=True)
class Distinct:
    rows: DataFrame
    #: How many rows were dropped.
    dropped: int


def keep_one(rows: DataFrame, contract: Contract) -> Distinct:
    """Of rows that share the key, the one with the latest event time; of those, the greatest raw text.

    Only keys are shuffled to find the repeated ones, and only repeated rows to choose among them.
    """
    keys = list(contract.business_key)
    repeated = rows.groupBy(*keys).agg(f.count("*").alias("copies")).where("copies > 1").persist()
    total = repeated.agg(f.count("*").alias("keys"), f.sum("copies").alias("copies")).first()
    if total is None or total["keys"] == 0:
        return Distinct(rows, 0)
    order = Window.partitionBy(*keys).orderBy(f.desc(contract.event_time), f.desc(LINE))
    several = rows.join(repeated, keys, "left_semi").withColumn(_RANK, f.row_number().over(order))
    chosen = several.where(f.col(_RANK) == 1).drop(_RANK)
    single = rows.join(repeated, keys, "left_anti")
    return Distinct(single.unionByName(chosen), total["copies"] - total["keys"])


def drop_published(rows: DataFrame, published_files: list[str], contract: Contract) -> DataFrame:
    """Without the rows whose key is in the given silver files, of which only the key columns are read."""
    if not published_files:
        return rows
    keys = list(contract.business_key)
    schema = rows.select(*keys).schema
    return rows.join(rows.sparkSession.read.schema(schema).parquet(*published_files), keys, "left_anti")
