"""DuckDB, the engine inside a task: one thread, memory that leaves room for Spark, spills to the task's own folder."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

#: Of a machine's memory, what all tasks together may take: most of it belongs to Spark's JVM.
_SHARE_OF_MEMORY = 0.2
_LEAST_MEMORY = 1024**3


@contextmanager
def workspace(threads: int = 1) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A connection and a folder; both are gone afterwards.

    :param threads: more than one for a task that is alone, and so has the machine's cores to itself.
    """
    with TemporaryDirectory(prefix="lakeworks-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute(f"SET memory_limit = '{threads * _memory() // 1024**2}MiB'")
        connection.execute(f"SET temp_directory = '{folder}/spill'")
        connection.execute("SET preserve_insertion_order = false")
        # Times without a zone are UTC.
        connection.execute("SET TimeZone = 'UTC'")
        yield connection, Path(folder)


def _memory() -> int:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_LEAST_MEMORY, int(machine * _SHARE_OF_MEMORY) // (os.cpu_count() or 1))


def peak_memory() -> int:
    """Most bytes of memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def name(column: str) -> str:
    """A column's name as SQL."""
    return '"' + column.replace('"', '""') + '"'


def names(columns: list[str] | tuple[str, ...]) -> str:
    return ", ".join(name(column) for column in columns)


def text(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: list[str]) -> str:
    return "[" + ", ".join(text(value) for value in values) + "]"
