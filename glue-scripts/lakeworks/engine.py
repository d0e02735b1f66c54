"""DuckDB, the engine inside a task: one thread, memory that leaves room for Spark, spills to the task's own folder."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

#: MiB of a task, however much data there is: four at a time leave three quarters of the smallest worker, of 16 GB, to
#: Spark's JVM. https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
TASK_MEMORY = 1024
#: MiB of a task that unpacks Parquet: 2,048 rows are in memory at once, several times as JSON; they may be of 100 KB.
PARQUET_MEMORY = 2048
#: MiB of a task that goes through all keys of a run: on disk, sums of them are hardly slower.
KEYS_MEMORY = 640


@contextmanager
def workspace(threads: int = 1, memory: int = TASK_MEMORY) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A connection and a folder; both are gone afterwards.

    :param threads: more than one for a task that is alone, and so has the machine's cores to itself.
    :param memory: MiB; what does not fit is kept in the folder.
    """
    with TemporaryDirectory(prefix="lakeworks-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute(f"SET memory_limit = '{memory}MiB'")
        connection.execute(f"SET temp_directory = '{folder}/spill'")
        connection.execute("SET preserve_insertion_order = false")
        # Times without a zone are UTC.
        connection.execute("SET TimeZone = 'UTC'")
        yield connection, Path(folder)


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
