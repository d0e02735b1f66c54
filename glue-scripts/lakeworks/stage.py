"""One task of the first step: raw objects to fragments of partitions, and to what has to be quarantined."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from lakeworks import storage
from lakeworks.conform import conform_query
from lakeworks.contract import SOURCE_OBJECT, Contract
from lakeworks.engine import name, names, peak_memory, text, workspace
from lakeworks.fragments import Fragment, RawObject, Span, Staged
from lakeworks.latest import count, keep_latest
from lakeworks.layout import ROW_GROUP, ROW_GROUP_BYTES, partition_path, rows_folder, span_of, stored_columns
from lakeworks.names import RAW, REASON
from lakeworks.read import read_records
from lakeworks.read.records import Records
from lakeworks.survey import survey, unknown_fields

#: A table is filled fastest by one query, and a query is planned fastest while it is short.
_OBJECTS_PER_QUERY = 50
#: Bytes that the engine reads at a time, unless a line is longer. It keeps some 2,000 lines of them in memory.
_BUFFER = 8 * 1024**2


@dataclass(frozen=True)
class StageTask:
    number: int
    objects: list[RawObject]
    contract: Contract
    #: Folder for this task's files, with the trailing slash.
    staging: str


@dataclass(frozen=True)
class _Filled:
    """What the table `staged` was made of."""

    #: Usual shapes of records by their hashes, see survey.py.
    shapes: dict[int, tuple[str, ...]]
    missing_fields: list[str]


def stage(task: StageTask) -> Staged:
    """The names of the files that it writes follow from the task: done again, it overwrites them."""
    with workspace() as (connection, folder):
        filled = _fill(connection, task, folder)
        unknown = unknown_fields(connection, "staged", task.contract, filled.shapes)
        connection.execute(f"CREATE TEMP TABLE bad AS SELECT * FROM staged WHERE {REASON} IS NOT NULL")
        reasons = dict(connection.execute(f"SELECT {REASON}, count(*) FROM bad GROUP BY ALL").fetchall())
        records = count(connection, "staged")
        if reasons:
            connection.execute(f"DELETE FROM staged WHERE {REASON} IS NOT NULL")
        key = [*task.contract.partition_names, *task.contract.business_key]
        duplicates = keep_latest(connection, "staged", key, task.contract)
        good = count(connection, "staged")
        return Staged(
            records=records,
            duplicates=duplicates,
            fragments=_fragments(connection, task, folder) if good else [],
            keys=_keys(connection, task, folder) if good else None,
            reasons=reasons,
            quarantine=_quarantine(connection, task, folder) if reasons else None,
            unknown_fields=dict(unknown),
            missing_fields=filled.missing_fields,
            peak_memory=peak_memory(),
        )


def _fill(connection: DuckDBPyConnection, task: StageTask, folder: Path) -> _Filled:
    """Makes the table `staged` of all records of the task's objects."""
    filled = _Filled({}, [])
    queries = []
    for number, raw in enumerate(task.objects):
        records = _fetch(raw, task.contract, folder / str(number))
        filled.missing_fields.extend(f"{raw.key}: {field}" for field in records.missing)
        relation = lines_of(records)
        found = survey(connection, task.contract, records, relation)
        filled.shapes.update(found.shapes)
        query = conform_query(task.contract, records, relation, found)
        queries.append(f"SELECT *, {text(raw.key)} AS {name(SOURCE_OBJECT)} FROM ({query})")
    for start in range(0, len(queries), _OBJECTS_PER_QUERY):
        head = "CREATE TEMP TABLE staged AS" if start == 0 else "INSERT INTO staged"
        connection.execute(f"{head} {' UNION ALL '.join(queries[start : start + _OBJECTS_PER_QUERY])}")
    return filled


def _fetch(raw: RawObject, contract: Contract, folder: Path) -> Records:
    folder.mkdir()
    path = folder / "object"
    storage.download(raw.object.location, path)
    return read_records(path, raw.key, contract, folder)


def lines_of(records: Records) -> str:
    """The file's lines as one column: no byte of the reader's files separates or quotes."""
    buffer = max(_BUFFER, records.longest_line())
    return (
        f"read_csv({text(str(records.path))}, delim = '\\x01', quote = '', escape = '', header = false, "
        f"auto_detect = false, columns = {{'line': 'VARCHAR'}}, max_line_size = {buffer}, buffer_size = {buffer})"
    )


def _fragments(connection: DuckDBPyConnection, task: StageTask, folder: Path) -> list[Fragment]:
    """Sorted and as they are published: where nothing is to be merged with it, a fragment is the partition's file.

    Partitions are written one by one: to sort all rows by partition first takes longer.
    """
    contract = task.contract
    keys = contract.partition_names
    found = connection.execute(
        f"SELECT {partition_path(contract)}, count(*), {span_of(contract)}, {names(keys)} FROM staged "
        f"GROUP BY {names(keys)}"
    ).fetchall()
    out = folder / "fragments"
    out.mkdir()
    written: list[tuple[Fragment, Path]] = []
    for number, (partition, rows, key_min, key_max, day_min, day_max, *values) in enumerate(found):
        file = out / f"{number}.parquet"
        mine = " AND ".join(f"{name(key)} = {text(str(value))}" for key, value in zip(keys, values, strict=True))
        connection.execute(
            f"COPY (SELECT {stored_columns(contract)} FROM staged WHERE {mine} ORDER BY {names(contract.sort_by)}) "
            f"TO {text(str(file))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, {ROW_GROUP_BYTES})"
        )
        location = f"{rows_folder(task.staging, partition)}task-{task.number}.parquet"
        span = Span(key_min, key_max, day_min, day_max)
        written.append((Fragment(partition, location, rows, file.stat().st_size, span), file))
    storage.for_each(lambda pair: storage.upload(pair[1], pair[0].location), written)
    return [fragment for fragment, _ in written]


def _keys(connection: DuckDBPyConnection, task: StageTask, folder: Path) -> str:
    contract = task.contract
    keys = f"hash({names(contract.business_key)}) AS key, hash({names(contract.partition_names)}) AS partition"
    return _send(connection, f"SELECT {keys} FROM staged", "keys", task, folder)


def _quarantine(connection: DuckDBPyConnection, task: StageTask, folder: Path) -> str:
    columns = f"{RAW} AS raw, {name(SOURCE_OBJECT)} AS source_object, {REASON} AS reason"
    return _send(connection, f"SELECT {columns} FROM bad", "quarantine", task, folder)


def _send(connection: DuckDBPyConnection, query: str, kind: str, task: StageTask, folder: Path) -> str:
    file = folder / f"{kind}.parquet"
    connection.execute(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet, COMPRESSION zstd)")
    location = f"{task.staging}{kind}/task-{task.number}.parquet"
    storage.upload(file, location)
    return location
