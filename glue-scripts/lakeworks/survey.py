"""Which fields records have: a look at an object's first ones, and a count over all of them afterwards.

The fields of a record, in their order, are its shape. Most records of an object have one of a few shapes. Those are
learnt from the first records, and what holds for a shape need not be asked of each record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from lakeworks.contract import Contract
from lakeworks.engine import text
from lakeworks.names import KEYS, SHAPE
from lakeworks.read.records import Records

_RECORDS = 1000
#: More fields than this that the contract does not name are data themselves.
_MOST_FIELDS = 100
_MOST_SHAPES = 50


@dataclass(frozen=True)
class Survey:
    #: The fields of each usual shape, by the hash of their list. None has a field twice.
    shapes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    #: Fields of these shapes that the contract does not read.
    others: tuple[str, ...] = ()


def survey(connection: DuckDBPyConnection, contract: Contract, records: Records, relation: str) -> Survey:
    """:param relation: the reader's lines, in one column `line`."""
    first = f"SELECT {_keys(contract, records)} AS keys FROM (FROM {relation} LIMIT {_RECORDS})"
    found = connection.execute(
        f"SELECT hash(keys), any_value(keys) FROM ({first}) WHERE keys IS NOT NULL GROUP BY 1 "
        f"ORDER BY count(*) DESC, 1 LIMIT {_MOST_SHAPES}"
    ).fetchall()
    read = _read_fields(contract)
    shapes: dict[int, tuple[str, ...]] = {}
    others: dict[str, None] = {}
    for shape, keys in found:
        more = dict.fromkeys(key for key in keys if key not in read)
        if len(set(keys)) == len(keys) and len(others | more) <= _MOST_FIELDS:
            shapes[shape] = tuple(keys)
            others |= more
    return Survey(shapes, tuple(others))


def _keys(contract: Contract, records: Records) -> str:
    """SQL of the fields of a reader's line; NULL where it holds no record."""
    if not contract.records_are_json:
        return "json_keys(line, '/f')"
    record = "line" if not records.boxed else "CASE WHEN NOT json_exists(line, '/e') THEN line ->> '/r' END"
    return f"CASE WHEN json_valid({record}) THEN json_keys({record}) END"


def unknown_fields(
    connection: DuckDBPyConnection, table: str, contract: Contract, shapes: Mapping[int, tuple[str, ...]]
) -> Counter[str]:
    """How many records of a table of conformed rows have which fields that the contract does not name."""
    known = _read_fields(contract) | {column.name for column in contract.computed_columns}
    counts: Counter[str] = Counter()
    found = connection.execute(f"SELECT {SHAPE}, any_value({KEYS}), count(*) FROM {table} GROUP BY {SHAPE}")
    while rows := found.fetchmany(_RECORDS):
        for shape, keys, records in rows:
            counts.update(dict.fromkeys(set(keys or shapes.get(shape, ())) - known, records))
    return counts


def _read_fields(contract: Contract) -> set[str]:
    return {source for column in contract.read_columns for source in column.sources}


def extra_fields(contract: Contract, document: str) -> str:
    """SQL of the fields that the contract does not name as the text of one JSON object; NULL where there are none.

    :param document: SQL of the JSON object with all fields.
    """
    named = [source for column in contract.read_columns for source in column.sources]
    named += [column.name for column in contract.computed_columns]
    without = "{" + ", ".join(f"{_json(name)}: null" for name in named) + "}"
    return f"nullif(CAST(json_merge_patch({document}, {text(without)}) AS VARCHAR), '{{}}')"


def _json(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
