"""A folder that stands for a bucket: tests and benchmarks run the whole job on it."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

from lakeworks.storage.objects import StoredObject


def _path(location: str) -> Path:
    return Path(location.removeprefix("file://"))


def listing(prefix: str) -> list[StoredObject]:
    path = prefix.removeprefix("file://")
    found = (file for file in Path(path.rpartition("/")[0]).rglob("[!.]*") if file.is_file())
    return sorted((_of(file) for file in found if str(file).startswith(path)), key=lambda item: item.location)


def _of(file: Path) -> StoredObject:
    status = file.stat()
    return StoredObject(f"file://{file}", status.st_size, status.st_mtime, f"{status.st_size}-{status.st_mtime_ns}")


def read_bytes(location: str) -> bytes | None:
    return _path(location).read_bytes() if _path(location).exists() else None


def write_bytes(location: str, content: bytes) -> None:
    with_name = _fresh(location)
    with_name.write_bytes(content)
    os.replace(with_name, _path(location))


def download(location: str, path: Path) -> None:
    """A link: the content is only read."""
    os.link(_path(location), path)


def upload(path: Path, location: str) -> None:
    fresh = _fresh(location)
    shutil.copyfile(path, fresh)
    os.replace(fresh, _path(location))


def copy(source: str, target: str) -> None:
    upload(_path(source), target)


def delete(locations: Sequence[str]) -> None:
    for location in locations:
        _path(location).unlink(missing_ok=True)


def _fresh(location: str) -> Path:
    """A file beside the object's place, of a name that no listing takes for data."""
    path = _path(location)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{uuid.uuid4().hex}")
