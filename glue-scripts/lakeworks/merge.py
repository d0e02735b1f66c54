"""One partition: what arrived and what is published become new files with the latest row of each key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from lakeworks import storage
from lakeworks.contract import SOURCE_OBJECT, Contract
from lakeworks.engine import name, names, peak_memory, text, texts, workspace
from lakeworks.fragments import Merged, PartitionWork, Span
from lakeworks.latest import count, drop, keep_latest
from lakeworks.layout import ROW_GROUP, ROW_GROUP_BYTES, rows_folder, silver_rows, silver_types, span_of, stored_columns
from lakeworks.storage import StoredObject

_SMALLEST_ROW_GROUP = 2048


@dataclass(frozen=True)
class MergeTask:
    work: list[PartitionWork]
    contract: Contract
    staging: str
    #: Keys that partitions give up, see crossing.py; None where there are none.
    losers: str | None
    #: Whether a partition is written anew even where no row changes.
    rewrite: bool = False


def merge(task: MergeTask) -> list[Merged]:
    """The names of the files that it writes follow from the partition: done again, it overwrites them."""
    merged = []
    for work in task.work:
        with workspace() as (connection, folder):
            merged.append(_Partition(connection, folder, task, work).merge())
    return merged


class _Partition:
    def __init__(self, connection: DuckDBPyConnection, folder: Path, task: MergeTask, work: PartitionWork) -> None:
        self._connection = connection
        self._folder = folder
        self._task = task
        self._contract = task.contract
        self._work = work
        self._key = names(task.contract.business_key)

    def merge(self) -> Merged:
        self._load("incoming", [fragment.location for fragment in self._work.fragments])
        published = self._work.published.files() if self._work.published else []
        self._load("published", [item.location for item in published])
        lost = self._give_up()
        duplicates = keep_latest(self._connection, "incoming", self._contract.business_key, self._contract)
        outdated, replaced = self._settle()
        added = self._count("incoming")
        given_up = lost.get(("published", "incoming"), 0)
        rest = {
            "added": added,
            "duplicates": duplicates + lost.get(("incoming", "incoming"), 0),
            "already_published": outdated + lost.get(("incoming", "published"), 0),
            "replaced": replaced + given_up,
            "scanned": sum(item.size for item in published),
        }
        if added == 0 and given_up == 0 and not self._task.rewrite:
            return Merged(self._work.partition, changed=False, peak_memory=peak_memory(), **rest)
        self._connection.execute("CREATE TEMP VIEW latest AS FROM incoming UNION ALL BY NAME FROM published")
        rows, *span = self._connection.execute(f"SELECT count(*), {span_of(self._contract)} FROM latest").fetchall()[0]
        return Merged(
            self._work.partition,
            changed=True,
            files=self._write(rows) if rows else [],
            rows=rows,
            span=Span(*span) if rows else None,
            peak_memory=peak_memory(),
            **rest,
        )

    def _load(self, table: str, locations: list[str]) -> None:
        """The rows of the files as a table of the silver columns."""
        columns = list(silver_types(self._contract))
        if not locations:
            types = ", ".join(f"{name(column)} {kind}" for column, kind in silver_types(self._contract).items())
            self._connection.execute(f"CREATE TEMP TABLE {table} ({types})")
            return
        paths = [self._folder / f"{table}-{number}.parquet" for number in range(len(locations))]
        storage.for_each(lambda pair: storage.download(*pair), zip(locations, paths, strict=True))
        relation = (
            f"read_parquet({texts([str(path) for path in paths])}, union_by_name = true, hive_partitioning = false)"
        )
        rows = silver_rows(self._connection, self._contract, relation, columns)
        self._connection.execute(f"CREATE TEMP TABLE {table} AS {rows}")

    def _give_up(self) -> dict[tuple[str, str], int]:
        """Drops the keys that another partition has won; how many rows, by their table and by the winner's."""
        if self._task.losers is None:
            return {}
        path = self._folder / "losers.parquet"
        storage.download(self._task.losers, path)
        self._connection.execute(
            f"CREATE TEMP TABLE losers AS FROM read_parquet({text(str(path))}) "
            f"WHERE partition = {text(self._work.partition)}"
        )
        lost = {}
        for table in ("incoming", "published"):
            counts = self._connection.execute(
                f"SELECT winner, count(*) FROM {table} JOIN losers USING ({self._key}) GROUP BY winner"
            ).fetchall()
            lost |= {(table, winner): count for winner, count in counts}
            self._drop(table, "losers")
        return lost

    def _settle(self) -> tuple[int, int]:
        """Of an incoming and a published row with one key the later stays: how many incoming, and published, go.

        Rows that agree in all but their raw object are one row, delivered twice: the published one stays, and its
        partition as it is. Where time and raw object are the same, the row was made anew from the same record, by the
        code of today, which counts.
        """
        if self._count("published") == 0 or self._count("incoming") == 0:
            return 0, 0
        same = {*self._contract.business_key, SOURCE_OBJECT}
        columns = [column for column in silver_types(self._contract) if column not in same]
        order = [self._contract.event_time, SOURCE_OBJECT]
        new, old = (f"({', '.join(f'{table}.{name(column)}' for column in order)})" for table in ("i", "p"))
        differs = " OR ".join(f"i.{name(column)} IS DISTINCT FROM p.{name(column)}" for column in columns)
        self._connection.execute(
            f"CREATE TEMP TABLE met AS SELECT {self._key}, "
            f"{new} >= {old} AND ({differs}) AS newer "
            f"FROM incoming i JOIN published p USING ({self._key})"
        )
        for table, loses in (("incoming", "NOT newer"), ("published", "newer")):
            self._connection.execute(f"CREATE TEMP TABLE {table}_lost AS SELECT {self._key} FROM met WHERE {loses}")
            self._drop(table, f"{table}_lost")
        return self._count("incoming_lost"), self._count("published_lost")

    def _write(self, rows: int) -> list[StoredObject]:
        """Sorted, one file until it would outgrow the contract's target size."""
        out = self._folder / "out"
        out.mkdir()
        target = self._contract.target_file_bytes
        place, group, limit = out / "part-0000.parquet", ROW_GROUP, ""
        if self._work.size > target:
            # A file ends with the row group that reaches its size.
            place, group = out, max(_SMALLEST_ROW_GROUP, min(ROW_GROUP, rows * target // self._work.size))
            limit = f", FILE_SIZE_BYTES {target}, FILENAME_PATTERN 'part-{{i}}', OVERWRITE_OR_IGNORE true"
        groups = f"ROW_GROUP_SIZE {group}, {ROW_GROUP_BYTES}"
        self._connection.execute(
            f"COPY (SELECT {stored_columns(self._contract)} FROM latest ORDER BY {names(self._contract.sort_by)}) "
            f"TO {text(str(place))} (FORMAT parquet, COMPRESSION zstd, {groups}{limit})"
        )
        folder = rows_folder(self._task.staging, self._work.partition)

        def send(file: Path) -> StoredObject:
            status = file.stat()
            storage.upload(file, folder + file.name)
            return StoredObject(folder + file.name, status.st_size, status.st_mtime, "")

        return storage.for_each(send, sorted(out.iterdir()))

    def _count(self, table: str) -> int:
        return count(self._connection, table)

    def _drop(self, table: str, keys: str) -> None:
        drop(self._connection, table, keys, self._contract.business_key)
