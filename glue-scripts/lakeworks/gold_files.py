"""The files of gold: written to staging, one sorted file per partition, and published as silver's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame

from lakeworks import storage
from lakeworks.arguments import JobArguments
from lakeworks.catalog import Catalog, Version
from lakeworks.column_types import engine_type
from lakeworks.contract import GoldTable
from lakeworks.engine import name, text, texts, workspace
from lakeworks.leftovers import staging_of


@dataclass(frozen=True)
class GoldFile:
    partition: str
    location: str
    size: int
    rows: int


def write_gold(
    frame: DataFrame, table: GoldTable, partitions: Sequence[str], arguments: JobArguments
) -> list[GoldFile]:
    """:param partitions: which there are to be; of those that the frame has no row for, the file is empty.

    Raises ValueError where the frame has rows of other partitions.
    """
    staging = f"{staging_of(arguments)}gold/{table.name}/"
    keys = list(table.partition_keys)
    tasks = min(len(partitions), frame.sparkSession.sparkContext.defaultParallelism)
    frame = frame.repartition(tasks, *keys).sortWithinPartitions(*keys, *(column.name for column in table.columns))
    frame.write.mode("overwrite").option("compression", "zstd").partitionBy(*keys).parquet(staging)
    found = {
        item.location.removeprefix(staging).rpartition("/")[0]: item.location
        for item in storage.listing(staging)
        if item.location.endswith(".parquet")
    }
    stray = sorted(set(found) - set(partitions))
    if stray:
        raise ValueError(
            f"The SQL of the gold table {table.name} gives rows of {stray[0]}, but read none of that partition: "
            "take the partition keys from silver as they are, and group by them"
        )
    return _measured(found, table, [each for each in partitions if each not in found], staging)


def _measured(found: Mapping[str, str], table: GoldTable, empty: Sequence[str], staging: str) -> list[GoldFile]:
    with workspace() as (connection, folder):
        located = dict(found)
        if empty:
            path = folder / "empty.parquet"
            columns = ", ".join(
                f"CAST(NULL AS {_stored(column.type)}) AS {name(column.name)}" for column in table.columns
            )
            connection.execute(f"COPY (SELECT {columns} WHERE false) TO {text(str(path))} (FORMAT parquet)")
            for partition in empty:
                located[partition] = f"{staging}{partition}/empty.parquet"
                storage.upload(path, located[partition])
        paths = {partition: folder / f"{number}.parquet" for number, partition in enumerate(located)}
        storage.for_each(lambda partition: storage.download(located[partition], paths[partition]), located)
        query = (
            f"SELECT file_name, num_rows FROM parquet_file_metadata({texts([str(path) for path in paths.values()])})"
        )
        rows = dict(connection.execute(query).fetchall())
        return [
            GoldFile(partition, location, paths[partition].stat().st_size, rows[str(paths[partition])])
            for partition, location in located.items()
        ]


def _stored(contract_type: str) -> str:
    """As Spark stores it: a timestamp is a moment."""
    return "TIMESTAMPTZ" if contract_type == "timestamp" else engine_type(contract_type)


def publish_gold(
    files: Sequence[GoldFile],
    table: GoldTable,
    fingerprints: Mapping[str, str],
    arguments: JobArguments,
    catalog: Catalog,
) -> None:
    """All files are in their places before the first partition points to them."""

    def folder(file: GoldFile) -> str:
        return f"{arguments.gold}{table.name}/{file.partition}/{arguments.run_id}/"

    storage.for_each(lambda file: storage.copy(file.location, f"{folder(file)}part-0000.parquet"), files)
    catalog.publish(
        [
            Version(file.partition, folder(file), file.rows, file.size, 1, sources=fingerprints[file.partition])
            for file in files
        ]
    )
