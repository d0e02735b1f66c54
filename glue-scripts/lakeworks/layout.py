"""How silver lies in its files: partition paths, columns, order of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from lakeworks.column_types import engine_type
from lakeworks.contract import EXTRA_FIELDS, SOURCE_OBJECT, Contract
from lakeworks.engine import name, text

#: Rows per row group: a reader skips groups by their statistics, and encodes each by itself.
ROW_GROUP = 500_000
#: Of wide rows fewer, since the writer keeps a group in memory: at most so much of it before it is encoded.
ROW_GROUP_BYTES = "ROW_GROUP_SIZE_BYTES '128MB'"

#: Keys are compared by their beginnings, which fit into a parameter of a catalog partition.
_KEY_LENGTH = 64
#: Greater than every text that begins alike.
_LAST_CHARACTER = "\U0010ffff"


def partition_path(contract: Contract) -> str:
    """SQL of a row's partition path, `year=2024/month=1/day=5`. Keys are whole numbers and dates: no need to escape."""
    return " || '/' || ".join(f"'{key.name}=' || {name(key.name)}" for key in contract.partitions)


def rows_folder(staging: str, partition: str = "") -> str:
    """Where a run's files of rows wait for publication, in folders as Spark and Hive lay out partitions."""
    return f"{staging}rows/{partition}/" if partition else f"{staging}rows/"


def values_of(path: str) -> list[str]:
    """The keys' values, in the table's order."""
    return [part.partition("=")[2] for part in path.split("/")]


def in_order(path: str) -> list[tuple[int, str]]:
    """Sorts paths by their values: day=2 before day=10."""
    return [(int(value), "") if value.isdecimal() else (0, value) for value in values_of(path)]


def partition_values(contract: Contract, path: str) -> str:
    """A path's values as SQL, of the types that the columns have in a row."""
    keys = zip(contract.partitions, values_of(path), strict=True)
    return ", ".join(f"CAST({text(value)} AS {engine_type(key.type)})" for key, value in keys)


def span_of(contract: Contract) -> str:
    """SQL of the four values of a Span over rows."""
    key = f"left(CAST({name(contract.business_key[0])} AS VARCHAR), {_KEY_LENGTH})"
    day = f"CAST(CAST({name(contract.event_time)} AS DATE) - DATE '1970-01-01' AS INTEGER)"
    return f"min({key}), max({key}) || '{_LAST_CHARACTER}', min({day}), max({day})"


def silver_types(contract: Contract) -> dict[str, str]:
    """Types of the columns of a silver file while rows are handled: times are UTC and have no zone."""
    types = {column.name: engine_type(column.type) for column in contract.columns}
    technical = {EXTRA_FIELDS: "VARCHAR"} if contract.schema_change == "append" else {}
    return {**types, **technical, SOURCE_OBJECT: "VARCHAR"}


def silver_rows(connection: DuckDBPyConnection, contract: Contract, relation: str, columns: Sequence[str]) -> str:
    """A query for columns of silver files, also of those that were written before a column was declared.

    Rows from before there was a `source_object` count as the earliest.
    """
    present = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()}
    types = silver_types(contract)

    def expression(column: str) -> str:
        default = "''" if column == SOURCE_OBJECT else "NULL"
        value = name(column) if column in present else default
        return f"CAST({value} AS {types[column]}) AS {name(column)}"

    return f"SELECT {', '.join(expression(column) for column in columns)} FROM {relation}"


def stored_columns(contract: Contract) -> str:
    """SQL of a silver file's columns as they are stored: Parquet tells a moment in time from a wall clock's by its
    zone, and Spark, Trino and Athena write moments."""
    types = silver_types(contract)
    return ", ".join(
        f"CAST({name(column)} AS TIMESTAMPTZ) AS {name(column)}" if kind == "TIMESTAMP" else name(column)
        for column, kind in types.items()
    )


def latest_first(contract: Contract) -> str:
    """The order in which the first row of a key is the one to keep."""
    leading = [contract.event_time, SOURCE_OBJECT]
    rest = [column for column in silver_types(contract) if column not in leading]
    return ", ".join(f"{name(column)} DESC NULLS LAST" for column in [*leading, *rest])
