"""A contract with a column of every type, and lines as the library conforms them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from lakeworks.conform import conform_query
from lakeworks.contract import Contract
from lakeworks.engine import workspace
from lakeworks.names import RAW, REASON
from lakeworks.read.records import Records
from lakeworks.stage import lines_of
from lakeworks.survey import Survey, survey, unknown_fields

ROOT = Path(__file__).resolve().parents[2]


def contract(**changes: Any) -> Contract:
    """A small contract; `changes` replace its top-level fields."""
    raw = {
        "name": "things",
        "raw": {"format": "json", "arrivalKey": "ingest_date"},
        "columns": [
            {"name": "id", "type": "string"},
            {"name": "at", "source": "timestamp", "type": "timestamp"},
            {"name": "count", "type": "int"},
            {"name": "price", "type": "decimal(10,2)"},
            {"name": "total", "type": "decimal(12,2)", "expression": "count * price"},
            {"name": "note", "type": "string", "nullable": True},
            {"name": "big", "type": "bigint", "nullable": True},
            {"name": "ratio", "type": "double", "nullable": True},
            {"name": "flag", "type": "boolean", "nullable": True},
            {"name": "due", "type": "date", "nullable": True},
        ],
        "businessKey": ["id"],
        "eventTime": "at",
        "partitions": [
            {"name": "year", "type": "int", "expression": "year(at)"},
            {"name": "month", "type": "int", "expression": "month(at)"},
            {"name": "day", "type": "int", "expression": "day(at)"},
        ],
        "rowRules": [
            {"name": "count_not_positive", "condition": "count > 0"},
            {"name": "ratio_too_high", "condition": "ratio is null or ratio < 100"},
        ],
        "quality": {"rules": [], "onFailure": "fail", "metrics": False},
        "targetFileMiB": 128,
        **changes,
    }
    return Contract.parse(json.dumps(raw))


#: A good record of the contract above, as JSON texts by field.
GOOD = {"id": '"a"', "timestamp": '"2024-01-31T23:59:59Z"', "count": "2", "price": "1.25"}


def line(**changes: str | None) -> str:
    """A record as JSON text; a change to None leaves the field out."""
    fields = {**GOOD, **changes}
    return "{" + ",".join(f'"{name}":{text}' for name, text in fields.items() if text is not None) + "}"


@contextmanager
def table_of(records: Records, contract: Contract) -> Iterator[tuple[Any, Survey]]:
    """A connection with the conformed rows in the table `conformed`, in the order of the lines."""
    with workspace() as (connection, _):
        connection.execute("SET preserve_insertion_order = true")
        relation = lines_of(records)
        found = survey(connection, contract, records, relation)
        query = conform_query(contract, records, relation, found)
        connection.execute(f"CREATE TABLE conformed AS {query}")
        yield connection, found


def rows_of(records: Records, contract: Contract) -> list[SimpleNamespace]:
    """The conformed rows; a row's reason is `.reason` and its raw text `.raw`."""
    with table_of(records, contract) as (connection, _):
        found = connection.execute("FROM conformed")
        names = [column[0] for column in found.description]
        rows = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found.fetchall()]
    for row in rows:
        row.reason, row.raw = getattr(row, REASON), getattr(row, RAW)
    return rows


@contextmanager
def file_of(lines: list[str], boxed: bool = False) -> Iterator[Records]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines")
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        yield Records(path, boxed)


def conformed(lines: list[str], with_contract: Contract | None = None, boxed: bool = False) -> list[SimpleNamespace]:
    with file_of(lines, boxed) as records:
        return rows_of(records, with_contract or contract())


def found_fields(lines: list[str]) -> dict[str, int]:
    """The fields that the contract does not name."""
    with file_of(lines) as records, table_of(records, contract()) as (connection, found):
        return dict(unknown_fields(connection, "conformed", contract(), found.shapes))


def reasons(lines: list[str], with_contract: Contract | None = None) -> list[str | None]:
    return [row.reason for row in conformed(lines, with_contract)]
