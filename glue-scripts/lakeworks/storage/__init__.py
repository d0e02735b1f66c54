"""Objects by their location: `s3://bucket/key` in Amazon S3, `file:///path` in a folder that stands for a bucket.

An object appears whole or not at all, under both. Locations of folders end in a slash.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lakeworks.storage import files, s3
from lakeworks.storage.objects import StoredObject

__all__ = [
    "StoredObject",
    "copy",
    "delete",
    "download",
    "for_each",
    "listing",
    "read_bytes",
    "upload",
    "write_bytes",
    "write_json",
]

#: Requests at a time: most are short and wait for the network.
_PARALLEL = 16

T = TypeVar("T")
R = TypeVar("R")


def _store(location: str) -> Any:
    if location.startswith("s3://"):
        return s3
    if location.startswith("file:///"):
        return files
    raise ValueError(f'"{location}" is not a location; it must look like s3://bucket/prefix/')


def listing(prefix: str) -> list[StoredObject]:
    """Every object whose location begins with the prefix, in the order of their keys."""
    return _store(prefix).listing(prefix)


def read_bytes(location: str) -> bytes | None:
    """The object's content; None where there is no such object."""
    return _store(location).read_bytes(location)


def write_bytes(location: str, content: bytes) -> None:
    _store(location).write_bytes(location, content)


def write_json(location: str, document: Any) -> None:
    write_bytes(location, json.dumps(document).encode())


def download(location: str, path: Path) -> None:
    """Raises FileNotFoundError where there is no such object."""
    _store(location).download(location, path)


def upload(path: Path, location: str) -> None:
    _store(location).upload(path, location)


def copy(source: str, target: str) -> None:
    """Within one store; on the server's side, so that no byte passes through here."""
    _store(source).copy(source, target)


def delete(locations: Sequence[str]) -> None:
    """Those that are not there are passed over."""
    if locations:
        _store(locations[0]).delete(locations)


def for_each(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The results in the items' order, several items at a time. The first error is raised."""
    with ThreadPoolExecutor(_PARALLEL) as pool:
        return list(pool.map(work, items))
