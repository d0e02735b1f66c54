"""Keys that occur in more than one partition: the latest row stays, in whichever partition it belongs to.

Only hashes of keys are compared at first, and only where the spans of keys and days of two partitions overlap: where
ids follow the time, as most do, a day's run compares with nothing at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from lakeworks import storage
from lakeworks.contract import SOURCE_OBJECT, Contract
from lakeworks.engine import KEYS_MEMORY, name, names, text, texts, workspace
from lakeworks.fragments import Fragment, Published, Span, Staged
from lakeworks.layout import partition_values, silver_rows
from lakeworks.storage import StoredObject

#: Runs a function over tasks: on Spark, or one after the other.
Runner = Callable[[Callable[[Any], Any], list[Any]], list[Any]]


@dataclass(frozen=True)
class Losers:
    """Which keys a partition has to give up to another."""

    #: A Parquet file with the key columns, `partition` and `winner` (published or incoming); None: there are none.
    location: str | None
    #: Partitions that give up a key.
    partitions: frozenset[str]
    #: Bytes of published files that were read to find out.
    scanned: int


@dataclass(frozen=True)
class _Search:
    contract: Contract
    keys: list[str]
    fragments: list[Fragment]
    #: Partitions whose rows may meet those of another.
    suspects: frozenset[str]
    published: list[Published]
    out: str


def find_losers(
    contract: Contract, staged: list[Staged], published: Iterable[Published], staging: str, run: Runner
) -> Losers:
    """:param published: partitions that are there, of all the table."""
    fragments = [fragment for task in staged for fragment in task.fragments]
    incoming = _spans(fragments)
    scans, suspects = _suspects(incoming, list(published), contract.duplicates_within_days)
    if not suspects:
        return Losers(None, frozenset(), 0)
    keys = [task.keys for task in staged if task.keys is not None]
    wanted = [fragment for fragment in fragments if fragment.partition in suspects]
    search = _Search(contract, keys, wanted, frozenset(suspects), scans, f"{staging}losers.parquet")
    ((partitions, scanned),) = run(_search, [search])
    return Losers(search.out if partitions else None, frozenset(partitions), scanned)


def _spans(fragments: list[Fragment]) -> dict[str, Span]:
    spans: dict[str, list[Span]] = {}
    for fragment in fragments:
        spans.setdefault(fragment.partition, []).append(fragment.span)
    return {partition: Span.around(found) for partition, found in spans.items()}


def _suspects(
    incoming: dict[str, Span], published: list[Published], within_days: int | None
) -> tuple[list[Published], set[str]]:
    """Published partitions to look into, and the partitions that may share a key with another."""
    suspects: set[str] = set()
    scans: list[Published] = []
    spans = list(incoming.items())
    for index, (partition, span) in enumerate(spans):
        for other, its in spans[index + 1 :]:
            if span.may_share_keys(its, within_days):
                suspects |= {partition, other}
    for found in published:
        met = {
            partition
            for partition, span in spans
            if partition != found.partition and (found.span is None or found.span.may_share_keys(span, within_days))
        }
        if met:
            scans.append(found)
            suspects |= met | {found.partition}
    return scans, suspects


def _search(search: _Search) -> tuple[list[str], int]:
    """The partitions that give up a key, and the bytes of published files that were read."""
    published = [(found, found.files()) for found in search.published]
    scanned = sum(item.size for _, files in published for item in files)
    with workspace(os.cpu_count() or 1, KEYS_MEMORY) as (connection, folder):
        connection.execute("CREATE TEMP TABLE keys (key UBIGINT, partition UBIGINT)")
        suspects = ", ".join(f"hash({partition_values(search.contract, path)})" for path in sorted(search.suspects))
        staged = _fetch(folder / "keys", search.keys)
        connection.execute(f"INSERT INTO keys SELECT key, partition FROM {staged} WHERE partition IN ({suspects})")
        for number, (found, items) in enumerate(published):
            files = _fetch(folder / f"published-{number}", [item.location for item in items])
            key, home = names(search.contract.business_key), partition_values(search.contract, found.partition)
            connection.execute(f"INSERT INTO keys SELECT hash({key}), hash({home}) FROM {files}")
        connection.execute(
            "CREATE TEMP TABLE shared AS SELECT key FROM keys GROUP BY key HAVING min(partition) <> max(partition)"
        )
        if not connection.execute("SELECT 1 FROM shared LIMIT 1").fetchall():
            return [], scanned
        return _resolve(connection, folder, search, published), scanned


def _resolve(
    connection: DuckDBPyConnection,
    folder: Path,
    search: _Search,
    published: list[tuple[Published, list[StoredObject]]],
) -> list[str]:
    """Compares the rows themselves: two keys may have one hash."""
    contract = search.contract
    columns = [*contract.business_key, contract.event_time, SOURCE_OBJECT]
    kept = f"WHERE hash({names(contract.business_key)}) IN (SELECT key FROM shared)"
    parts = [
        (f"fragment-{number}", [fragment.location], fragment.partition, "incoming")
        for number, fragment in enumerate(search.fragments)
    ]
    parts += [
        (f"published-{number}", [item.location for item in items], found.partition, "published")
        for number, (found, items) in enumerate(published)
    ]
    for number, (part, locations, partition, origin) in enumerate(parts):
        rows = silver_rows(connection, contract, _fetch(folder / part, locations), columns)
        head = "CREATE TEMP TABLE rows AS" if number == 0 else "INSERT INTO rows"
        labels = f"{text(partition)} AS partition, {text(origin)} AS origin"
        connection.execute(f"{head} SELECT *, {labels} FROM ({rows}) {kept}")
    order = f"{name(contract.event_time)} DESC, {name(SOURCE_OBJECT)} DESC, origin, partition DESC"
    key = names(contract.business_key)
    connection.execute(
        f"CREATE TEMP TABLE losers AS WITH winners AS ("
        f"  SELECT {key}, first(partition ORDER BY {order}) AS home, first(origin ORDER BY {order}) AS winner"
        f"  FROM rows GROUP BY {key})"
        f" SELECT DISTINCT {key}, partition, winner FROM rows JOIN winners USING ({key}) WHERE partition <> home"
    )
    partitions = [row[0] for row in connection.execute("SELECT DISTINCT partition FROM losers ORDER BY 1").fetchall()]
    if partitions:
        file = folder / "losers.parquet"
        connection.execute(f"COPY losers TO {text(str(file))} (FORMAT parquet, COMPRESSION zstd)")
        storage.upload(file, search.out)
    return partitions


def _fetch(folder: Path, locations: list[str]) -> str:
    """The files as a relation; fetched once."""
    paths = [folder / f"{number}.parquet" for number in range(len(locations))]
    if not folder.exists():
        folder.mkdir()
        storage.for_each(lambda pair: storage.download(*pair), zip(locations, paths, strict=True))
    return f"read_parquet({texts([str(path) for path in paths])}, union_by_name = true)"
