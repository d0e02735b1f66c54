"""Headers of CSV objects: each object's own first line says which column is where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from lakeworks.contract import Contract
from lakeworks.csv_syntax import CLOSES, OPENS, fields_of, inside_quotes
from lakeworks.names import LINE, SOURCE_OBJECT

#: How many columns the object's header names; null where its first line is no header.
WIDTH = "_width"
#: Where each read column of the contract is among them, counted from 0; -1 where the header does not name it.
PLACES = "_places"
#: Whether the line lies within a quoted field of several lines.
INSIDE = "_inside"

_HEADER, _OPENS, _CLOSES = "_header", "_opens", "_closes"
_BYTE_ORDER_MARK = "\ufeff"
_PARALLEL = 16

#: Gives the lines of an object, in order, by the name that the reader gave it.
LineSource = Callable[[str], AbstractContextManager[Iterable[str]]]


@dataclass(frozen=True)
class Header:
    line: str
    width: int
    places: list[int]

    @staticmethod
    def of(line: str, contract: Contract) -> Header | None:
        """None for a line that is no header: not CSV, none of the contract's columns, or one of them twice."""
        names = fields_of(line) or []
        sources = [column.source for column in contract.read_columns]
        if not any(source in names for source in sources) or any(names.count(source) > 1 for source in sources):
            return None
        return Header(line, len(names), [names.index(source) if source in names else -1 for source in sources])


def with_headers(lines: DataFrame, contract: Contract, open_lines: LineSource) -> DataFrame:
    """The lines without their headers, each with its object's WIDTH and PLACES, and INSIDE.

    A line that repeats its object's header is no record wherever it stands: files are joined end to end.
    Spark gives lines in no order. An object in which a quoted field may have several lines is hence read once more, in
    order, here; that is an object with a line that opens quotes and one that closes them.
    """
    line = f.col(LINE)
    quotes = [f.max(line.contains('"') & line.rlike(pattern)).alias(name) for name, pattern in _QUOTES]
    objects = lines.groupBy(SOURCE_OBJECT).agg(*quotes).collect()
    names = [found[SOURCE_OBJECT] for found in objects]
    with ThreadPoolExecutor(_PARALLEL) as pool:
        headers = list(pool.map(lambda name: _header(name, contract, open_lines), names))
    rows = [
        (name, header and header.line, header and header.width, header and header.places)
        for name, header in zip(names, headers, strict=True)
    ]
    schema = f"{SOURCE_OBJECT} string, {_HEADER} string, {WIDTH} int, {PLACES} array<int>"
    found = lines.sparkSession.createDataFrame(rows, schema)
    header = f.col(_HEADER)
    is_header = f.coalesce((line == header) | (line == f.concat(f.lit(_BYTE_ORDER_MARK), header)), f.lit(False))
    records = lines.join(f.broadcast(found), SOURCE_OBJECT).where(~is_header).drop(_HEADER)
    suspects = [found[SOURCE_OBJECT] for found in objects if found[_OPENS] and found[_CLOSES]]
    return _mark_inside(records, suspects, open_lines)


_QUOTES = ((_OPENS, OPENS), (_CLOSES, CLOSES))


def _header(name: str, contract: Contract, open_lines: LineSource) -> Header | None:
    with open_lines(name) as lines:
        first = next((line for line in lines if line.strip()), "")
    return Header.of(first.removeprefix(_BYTE_ORDER_MARK), contract)


def _mark_inside(records: DataFrame, suspects: Sequence[str], open_lines: LineSource) -> DataFrame:
    rows: list[tuple[str, str, bool]] = []
    for name in suspects:
        with open_lines(name) as lines:
            rows += ((name, line, True) for line in sorted(set(inside_quotes(lines))))
    if not rows:
        return records.withColumn(INSIDE, f.lit(False))
    marks = records.sparkSession.createDataFrame(rows, f"{SOURCE_OBJECT} string, {LINE} string, {INSIDE} boolean")
    marked = records.join(marks, [SOURCE_OBJECT, LINE], "left")
    return marked.withColumn(INSIDE, f.coalesce(INSIDE, f.lit(False)))
