"""Partitions in the Glue catalog. A partition is published by pointing its entry to a folder: readers see the files of
one folder or of the other, never of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import boto3

from lakeworks.fragments import Published, Span
from lakeworks.layout import values_of

#: https://docs.aws.amazon.com/glue/latest/webapi/API_BatchUpdatePartition.html and …_BatchCreatePartition.html
_PARTITIONS_PER_CALL = 100
#: https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeletePartition.html
_PARTITIONS_PER_DELETE = 25
#: Parameters of a partition that this library keeps, besides those that Glue's crawlers write.
_KEY_MIN, _KEY_MAX, _DAY_MIN, _DAY_MAX, _SIZE, _SOURCES = (
    f"lakeworks.{what}" for what in ("keyMin", "keyMax", "dayMin", "dayMax", "bytes", "sources")
)


@dataclass(frozen=True)
class Version:
    """What a partition is to be."""

    partition: str
    #: Folder of its files, with the trailing slash.
    location: str
    rows: int
    size: int
    files: int
    span: Span | None = None
    #: Fingerprint of what a partition of gold was computed from.
    sources: str = ""


class Catalog(Protocol):
    """The partitions of one table."""

    def partitions(self) -> list[Published]:
        """All of them, with what the catalog knows of each."""

    def sources(self) -> dict[str, str]:
        """The fingerprint that each partition was published with; empty where there was none."""

    def publish(self, versions: Sequence[Version]) -> None:
        """Makes readers see the versions, partition by partition."""

    def remove(self, partitions: Sequence[str]) -> None:
        """Partitions that have no row any more."""


class GlueCatalog:
    """Raises RuntimeError with the catalog's own error; the partitions before it are published then."""

    def __init__(self, database: str, table: str) -> None:
        self._glue: Any = boto3.client("glue")
        self._where = {"DatabaseName": database, "TableName": table}

    @cached_property
    def _table(self) -> dict[str, Any]:
        return self._glue.get_table(DatabaseName=self._where["DatabaseName"], Name=self._where["TableName"])["Table"]

    def partitions(self) -> list[Published]:
        return [
            Published(
                partition,
                _folder(found["StorageDescriptor"]["Location"]),
                int(found.get("Parameters", {}).get(_SIZE, 0)),
                _span(found.get("Parameters", {})),
            )
            for partition, found in self._entries()
        ]

    def sources(self) -> dict[str, str]:
        return {partition: found.get("Parameters", {}).get(_SOURCES, "") for partition, found in self._entries()}

    def _entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        keys = [key["Name"] for key in self._table["PartitionKeys"]]
        pages = self._glue.get_paginator("get_partitions").paginate(**self._where, ExcludeColumnSchema=True)
        for page in pages:
            for found in page["Partitions"]:
                yield "/".join(f"{key}={value}" for key, value in zip(keys, found["Values"], strict=True)), found

    def publish(self, versions: Sequence[Version]) -> None:
        if not versions:
            return
        known = {found.partition for found in self.partitions()}
        fresh = [self._input(version) for version in versions if version.partition not in known]
        moved = [self._input(version) for version in versions if version.partition in known]
        for inputs in _chunks(fresh, _PARTITIONS_PER_CALL):
            self._check(self._glue.batch_create_partition(**self._where, PartitionInputList=inputs))
        for inputs in _chunks(moved, _PARTITIONS_PER_CALL):
            entries = [{"PartitionValueList": each["Values"], "PartitionInput": each} for each in inputs]
            self._check(self._glue.batch_update_partition(**self._where, Entries=entries))

    def remove(self, partitions: Sequence[str]) -> None:
        values = [{"Values": values_of(partition)} for partition in partitions]
        for chunk in _chunks(values, _PARTITIONS_PER_DELETE):
            self._check(self._glue.batch_delete_partition(**self._where, PartitionsToDelete=chunk))

    def _input(self, version: Version) -> dict[str, Any]:
        return {
            "Values": values_of(version.partition),
            "StorageDescriptor": {**self._table["StorageDescriptor"], "Location": version.location},
            "Parameters": _parameters(version),
        }

    def _check(self, answer: dict[str, Any]) -> None:
        for error in answer.get("Errors", []):
            values = error.get("PartitionValues") or error.get("PartitionValueList")
            detail = error["ErrorDetail"]
            raise RuntimeError(
                f"The catalog refused the partition {values} of {'.'.join(self._where.values())}: "
                f"{detail['ErrorCode']}: {detail.get('ErrorMessage', '')}"
            )


def _parameters(version: Version) -> dict[str, str]:
    """The counts have the names that crawlers give them; query planners read numRows and totalSize."""
    counts = {
        "classification": "parquet",
        "numFiles": str(version.files),
        "numRows": str(version.rows),
        "recordCount": str(version.rows),
        "totalSize": str(version.size),
        _SIZE: str(version.size),
        **({_SOURCES: version.sources} if version.sources else {}),
    }
    if version.span is None:
        return counts
    span = version.span
    return {
        **counts,
        _KEY_MIN: span.key_min,
        _KEY_MAX: span.key_max,
        _DAY_MIN: str(span.day_min),
        _DAY_MAX: str(span.day_max),
    }


def _span(parameters: dict[str, str]) -> Span | None:
    if _KEY_MIN not in parameters:
        return None
    days = int(parameters[_DAY_MIN]), int(parameters[_DAY_MAX])
    return Span(parameters[_KEY_MIN], parameters[_KEY_MAX], *days)


def _folder(location: str) -> str:
    return location if location.endswith("/") else f"{location}/"


def _chunks(items: Sequence[Any], size: int) -> Iterable[list[Any]]:
    return (list(items[start : start + size]) for start in range(0, len(items), size))
