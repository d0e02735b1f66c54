"""What one pass over the conformed rows tells: counts, touched partitions, source objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame

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
    """One Spark job; it also fills the rows' cache."""
    names = contract.partition_names
    keys = ", ".join(f"if({REASON} is null, {name}, null) as {name}" for name in names)
    groups = rows.sparkSession.sql(
        f"""
        select {REASON}, {", ".join(names)}, {SOURCE_OBJECT}, grouping({SOURCE_OBJECT}) as by_partition,
               count(*) as rows, sum(length({LINE})) as text_length
        from (select {REASON}, {keys}, {SOURCE_OBJECT}, {LINE} from {{rows}})
        group by grouping sets (({REASON}, {", ".join(names)}), ({SOURCE_OBJECT}))
        """,
        rows=rows,
    ).collect()
    placed = [group for group in groups if group["by_partition"] == 1]
    good = sorted(tuple(group[name] for name in names) for group in placed if group[REASON] is None)
    return Survey(
        rows=sum(group["rows"] for group in placed),
        reasons={group[REASON]: group["rows"] for group in sorted(placed, key=_reason) if group[REASON] is not None},
        partitions=["/".join(f"{name}={value}" for name, value in zip(names, values, strict=True)) for values in good],
        source_objects=sorted(group[SOURCE_OBJECT] for group in groups if group["by_partition"] == 0),
        text_length=sum(group["text_length"] for group in placed),
    )


def _reason(group: Any) -> str:
    return group[REASON] or ""
