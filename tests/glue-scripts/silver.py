"""Silver in a folder: fragments and published files made of rows, and what the merge makes of them."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.contract import Contract
from lakeworks.fragments import Fragment, Merged, PartitionWork, Published, Span
from lakeworks.layout import span_of
from lakeworks.merge import MergeTask, merge

CONTRACT = Contract.parse(
    """{
    "name": "things", "raw": {"format": "json"},
    "columns": [
        {"name": "id", "type": "string"}, {"name": "at", "type": "timestamp"},
        {"name": "amount", "type": "int", "nullable": true}
    ],
    "businessKey": ["id"], "eventTime": "at",
    "partitions": [{"name": "day", "type": "date", "expression": "to_date(at)"}],
    "rowRules": [], "quality": {"rules": [], "onFailure": "warn"}, "targetFileMiB": 128
}"""
)

#: id, at, amount, source_object
Row = tuple[str, str, int | None, str]


def in_one_place(work: Any, tasks: list[Any]) -> list[Any]:
    """Runs tasks as Spark would, one after the other."""
    return [work(task) for task in tasks]


class SilverTestCase(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.contract = CONTRACT
        self.number = 0

    @property
    def staging(self) -> str:
        return f"file://{self.folder}/staging/"

    def fragment(self, partition: str, *rows: Row) -> Fragment:
        self.number += 1
        path, span = self._write(f"fragments/{partition}/task-{self.number}.parquet", rows)
        return Fragment(partition, f"file://{path}", len(rows), path.stat().st_size, span)

    def published(self, partition: str, *files: list[Row]) -> Published:
        written = [
            self._write(f"silver/{partition}/run/part-{index}.parquet", rows) for index, rows in enumerate(files)
        ]
        size = sum(path.stat().st_size for path, _ in written)
        span = Span.around([span for _, span in written])
        return Published(partition, f"file://{self.folder}/silver/{partition}/run/", size, span)

    def _write(self, name: str, rows: tuple[Row, ...] | list[Row]) -> tuple[Path, Span]:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute('CREATE TABLE t (id VARCHAR, "at" TIMESTAMP, amount INTEGER, source_object VARCHAR)')
            columns = [list(column) for column in zip(*rows, strict=True)]
            connection.execute("INSERT INTO t SELECT unnest(?), unnest(?), unnest(?), unnest(?)", columns)
            span = connection.execute(f"SELECT {span_of(self.contract)} FROM t").fetchall()[0]
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path, Span(*span)

    def merge(
        self,
        fragments: list[Fragment],
        published: Published | None = None,
        losers: str | None = None,
        rewrite: bool = False,
        **changes: Any,
    ) -> Merged:
        partition = fragments[0].partition if fragments else published.partition if published else ""
        work = PartitionWork(partition, fragments, published)
        contract = replace(self.contract, **changes)
        (merged,) = merge(MergeTask([work], contract, self.staging, losers, rewrite))
        return merged

    def rows(self, merged: Merged) -> list[Row]:
        """The new files' rows in their order."""
        return [row for item in merged.files for row in read(item.location)]


def read(location: str) -> list[Row]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.execute(f"FROM read_parquet('{location.removeprefix('file://')}')").fetchall()
    return [(row[0], _text(row[1]), row[2], row[3]) for row in found]


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
