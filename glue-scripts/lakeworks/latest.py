"""The latest row of each key within one table."""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from lakeworks.contract import Contract
from lakeworks.engine import names
from lakeworks.layout import latest_first


def keep_latest(connection: DuckDBPyConnection, table: str, by: Sequence[str], contract: Contract) -> int:
    """Drops all rows but the latest of those that agree in the columns `by`; how many.

    Only rows of repeated keys are put in order: they are few.
    """
    key = names(tuple(by))
    connection.execute(f"CREATE TEMP TABLE repeated AS SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1")
    if count(connection, "repeated") == 0:
        return 0
    before = count(connection, table)
    connection.execute(
        f"CREATE TEMP TABLE chosen AS SELECT {table}.* FROM {table} SEMI JOIN repeated USING ({key}) "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {latest_first(contract)}) = 1"
    )
    drop(connection, table, "repeated", by)
    connection.execute(f"INSERT INTO {table} FROM chosen")
    return before - count(connection, table)


def count(connection: DuckDBPyConnection, table: str) -> int:
    (row,) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return row[0]


def drop(connection: DuckDBPyConnection, table: str, keys: str, by: Sequence[str]) -> None:
    """Drops the rows whose columns `by` are among those of another table."""
    key = names(tuple(by))
    connection.execute(f"DELETE FROM {table} WHERE ({key}) IN (SELECT ({key}) FROM {keys})")
