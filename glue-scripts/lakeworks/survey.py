"""What the conformed rows tell before any is published: counts, touched partitions, source objects."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.contract import Contract
from lakeworks.names import LINE, REASON, SOURCE_OBJECT


@dataclass(frozen=True)
class Survey:
    rows: int
    #: Rows to quarantine by reason.
    reasons: dict[str, int]
    #: Paths of the partitions that good rows belong to, e.g. `year=2024/month=1/day=1`, sorted by their values.
    partitions: list[str]
    source_objects: list[str]
    #: Characters of all lines, for estimates of size.
    text_length: int

    @property
    def quarantined(self) -> int:
        return sum(self.reasons.values())


def survey(rows: DataFrame, contract: Contract) -> Survey:
    """Two small Spark jobs; the first fills the rows' cache."""
    names = contract.partition_names
    places = [f.when(f.isnull(REASON), f.col(name)).alias(name) for name in names]
    counts = [f.count("*").alias("rows"), f.sum(f.length(LINE)).alias("text_length")]
    groups = rows.groupBy(REASON, *places).agg(*counts).collect()
    good = sorted(tuple(group[name] for name in names) for group in groups if group[REASON] is None)
    bad = {group[REASON]: group["rows"] for group in groups if group[REASON] is not None}
    return Survey(
        rows=sum(group["rows"] for group in groups),
        reasons=dict(sorted(bad.items())),
        partitions=["/".join(f"{name}={value}" for name, value in zip(names, values, strict=True)) for values in good],
        source_objects=sorted(row[SOURCE_OBJECT] for row in rows.select(SOURCE_OBJECT).distinct().collect()),
        text_length=sum(group["text_length"] for group in groups),
    )
