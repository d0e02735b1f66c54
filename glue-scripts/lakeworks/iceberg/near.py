"""Where in the table the keys of a run can be: what Iceberg needs to pass over all other files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pyspark.sql import DataFrame

from lakeworks.contract import Contract
from lakeworks.fragments import Span
from lakeworks.iceberg.table import IcebergTable

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class _Range:
    column: str
    #: Literals of SQL, both inclusive.
    least: str
    greatest: str


@dataclass(frozen=True)
class Near:
    ranges: tuple[_Range, ...]

    @staticmethod
    def of(span: Span, contract: Contract, table: IcebergTable) -> Near:
        """By the key's text, and by the days around the run's where the contract bounds the search for duplicates."""
        types = table.types()
        ranges = []
        key = contract.business_key[0]
        if types[key] == "string":
            ranges.append(_Range(key, _text(span.key_min), _text(span.key_max)))
        within = contract.duplicates_within_days
        if within is not None:
            first, last = (_EPOCH + timedelta(day) for day in (span.day_min - within, span.day_max + within))
            kind = types[contract.event_time]
            end = f"'{last}'" if kind == "date" else f"'{last} 23:59:59.999999'"
            ranges.append(_Range(contract.event_time, f"{kind} '{first}'", f"{kind} {end}"))
        return Near(tuple(ranges))

    def condition(self, table: str = "") -> str:
        """As SQL over rows.

        :param table: the table's alias with a dot.
        """
        conditions = [f"{table}`{each.column}` BETWEEN {each.least} AND {each.greatest}" for each in self.ranges]
        return " AND ".join(["true", *conditions])

    def size(self, files: DataFrame) -> int:
        """Bytes of the files that may have such rows, of the table's metadata table `files`."""
        for each in self.ranges:
            metrics = f"readable_metrics.`{each.column}`"
            files = files.where(f"{metrics}.upper_bound >= {each.least} AND {metrics}.lower_bound <= {each.greatest}")
        (row,) = files.selectExpr("coalesce(sum(file_size_in_bytes), 0) AS size").collect()
        return row["size"]


def _text(value: str) -> str:
    """A text as a literal of Spark's SQL."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
