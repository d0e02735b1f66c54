"""Parquet: each row as a line of JSON, as which it goes on. A damaged object gives no row at all."""

from __future__ import annotations

from pathlib import Path

import duckdb

from lakeworks.contract import Contract
from lakeworks.engine import PARQUET_MEMORY, text, workspace
from lakeworks.engine import name as sql_name
from lakeworks.read import json_records
from lakeworks.read.boxes import BoxFile
from lakeworks.read.compression import LIMIT
from lakeworks.read.parquet_json import json_of
from lakeworks.read.records import LONG_LINE, Records

#: Rows that are in memory at a time, beside the engine's own.
_ROWS = 2048


class _TooLargeError(Exception):
    """Dictionaries make much of little: an object that unpacks to more than fits on a worker."""


def read(path: Path, name: str, contract: Contract, work: Path, limit: int = LIMIT) -> Records:
    """
    :param limit: bytes of JSON above which the object is taken for a bomb.
    """
    rows, boxes = work / "rows", work / "boxes"
    try:
        missing, longest = _write(path, contract, rows, limit)
    except duckdb.OutOfMemoryException:
        # It says nothing of the object.
        raise
    except (duckdb.Error, _TooLargeError, UnicodeError) as error:
        with BoxFile(boxes) as out:
            out.fault(f"{name}: {str(error).replace(str(path), name)}", "malformed_parquet")
        return Records(boxes, True)
    if longest <= LONG_LINE:
        return Records(rows, False, missing)
    with BoxFile(boxes) as out:
        json_records.read(rows, contract, out)
    return Records(boxes, True, missing)


def _write(path: Path, contract: Contract, target: Path, limit: int) -> tuple[tuple[str, ...], int]:
    """The contract's fields that the file lacks, and the bytes of its longest line."""
    with workspace(memory=PARQUET_MEMORY) as (connection, _), target.open("wb", buffering=1024**2) as out:
        source = f"read_parquet({text(str(path))}, hive_partitioning = false)"
        relation = connection.sql(f"FROM {source}")
        fields = dict(zip(relation.columns, relation.types, strict=True))
        members = ", ".join(f"{text(field)}: {json_of(sql_name(field), kind)}" for field, kind in fields.items())
        longest = size = 0
        found = connection.execute(f"SELECT CAST(to_json({{{members}}}) AS VARCHAR) FROM {source}")
        while rows := found.fetchmany(_ROWS):
            for (row,) in rows:
                line = row.encode()
                longest = max(longest, len(line))
                size += out.write(line + b"\n")
            if size > limit:
                raise _TooLargeError(f"unpacks to more than {limit} bytes")
    columns = [column.sources for column in contract.read_columns]
    return tuple(sources[0] for sources in columns if not any(each in fields for each in sources)), longest
