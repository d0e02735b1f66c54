"""Silver as gold reads it: which version of each partition there is, and the rows of some of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from pyspark.sql import DataFrame, SparkSession

from lakeworks.audit import silver_schema
from lakeworks.catalog import Catalog
from lakeworks.contract import Contract
from lakeworks.fragments import PartitionWork, Published
from lakeworks.layout import rows_folder
from lakeworks.merge import MergeTask, merge
from lakeworks.tasks import balanced, on_spark

#: Bytes of published files that one task writes anew.
_TASK_BYTES = 64 * 1024**2


class Silver(Protocol):
    def versions(self) -> dict[str, str]:
        """By partition path, a text that changes with the partition's rows."""

    def rows(self, partitions: Sequence[str]) -> DataFrame:
        """The rows of the partitions, as they were when their versions were asked for, with the partition columns."""

    def converted(self, partitions: Sequence[str], staging: str) -> DataFrame:
        """The same rows from files that are written anew in the contract's types: Spark 3.5 does not read an int as a
        bigint, nor a decimal as one that is stored in more bytes.

        :param staging: a folder for the files, with the trailing slash.
        """


class ParquetSilver:
    """A partition's version is the folder that the catalog points to: no folder is ever written twice."""

    def __init__(self, spark: SparkSession, contract: Contract, target: str, catalog: Catalog) -> None:
        self._spark = spark
        self._contract = contract
        self._target = target
        self._catalog = catalog
        #: Frames by partitions: to list the files again takes longer than to read a small partition.
        self._frames: dict[tuple[str, ...], DataFrame] = {}

    @cached_property
    def _published(self) -> dict[str, Published]:
        return {found.partition: found for found in self._catalog.partitions()}

    def versions(self) -> dict[str, str]:
        return {partition: found.location for partition, found in self._published.items()}

    def rows(self, partitions: Sequence[str]) -> DataFrame:
        """Spark takes the partition columns from the paths, and passes over the folder of the run below them."""
        asked = tuple(partitions)
        if asked not in self._frames:
            paths = [path for partition in asked for path in _paths(self._published[partition])]
            self._frames[asked] = self._read(self._target, paths)
        return self._frames[asked]

    def converted(self, partitions: Sequence[str], staging: str) -> DataFrame:
        work = [PartitionWork(partition, [], self._published[partition]) for partition in partitions]
        context = self._spark.sparkContext
        groups = balanced(work, lambda each: each.size, _TASK_BYTES, context.defaultParallelism)
        tasks = [MergeTask(group, self._contract, staging, None, rewrite=True) for group in groups]
        merged = [each for group in on_spark(context)(merge, tasks) for each in group]
        return self._read(rows_folder(staging), [item.location for each in merged for item in each.files])

    def _read(self, base: str, paths: Sequence[str]) -> DataFrame:
        reader = self._spark.read.schema(silver_schema(self._contract)).option("basePath", base)
        return reader.parquet(*paths)


def _paths(found: Published) -> list[str]:
    """The folder of a run as a whole. Another one may have folders of runs in it, whose files are not to be read."""
    return [found.location] if found.span is not None else [item.location for item in found.files()]
